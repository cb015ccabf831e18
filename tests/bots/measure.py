"""What a bot can say about decoded sound and pictures: how loud, how high, how much, in which colour. By seat."""

from collections import Counter, defaultdict, deque
from typing import Any

import numpy as np
from av import AudioFrame, VideoFrame
from numpy.typing import NDArray

from tests.bots.tracks import RATE, Colour

WINDOW = 12
"""frames of sound, 20 ms each, over which level and pitch are measured"""
AUDIBLE = 300.0
"""mean amplitude, of 32767, from which on something is heard"""
NEAR = 10.0
"""Hz by which a measured pitch may differ"""


class Measures:
    """Fed with every decoded frame."""

    def __init__(self) -> None:
        self.pictures: Counter[str] = Counter()
        self.energy: dict[str, float] = defaultdict(float)
        """of all sound so far; 1.0 is a second at full scale"""
        self._shown: dict[str, VideoFrame] = {}
        self._window: dict[str, deque[NDArray[Any]]] = defaultdict(lambda: deque(maxlen=WINDOW))

    def take(self, seat: str, frame: object) -> None:
        if isinstance(frame, AudioFrame):
            samples = frame.to_ndarray().reshape(-1, 2)[:, 0].astype(np.float64)
            self._window[seat].append(samples)
            self.energy[seat] += float(np.sum((samples / 32_768) ** 2)) / RATE
        elif isinstance(frame, VideoFrame):
            self.pictures[seat] += 1
            self._shown[seat] = frame

    def level(self, seat: str) -> float:
        """Root mean square over the window."""
        window = self._window[seat]
        return float(np.sqrt(np.mean(np.concatenate(window) ** 2))) if window else 0.0

    def pitch(self, seat: str) -> float:
        """The strongest frequency in the window, Hz."""
        window = self._window[seat]
        if not window:
            return 0.0
        samples = np.concatenate(window)
        return float(np.argmax(np.abs(np.fft.rfft(samples * np.hanning(len(samples))))) * RATE / len(samples))

    def wall(self, seat: str) -> Colour:
        """The colour behind the figure in the newest picture."""
        corner = self._shown[seat].to_ndarray(format="rgb24")[4:24, 4:24]
        red, green, blue = corner.reshape(-1, 3).mean(axis=0)
        return round(red), round(green), round(blue)

    def hears(self, seat: str, hz: float) -> bool:
        """Whether that tone, and a loud enough one, fills the seat's window."""
        full = len(self._window[seat]) == WINDOW
        return full and self.level(seat) > AUDIBLE and abs(self.pitch(seat) - hz) < NEAR
