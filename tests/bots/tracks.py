"""What a bot sends: a tone of its own pitch, and a small moving picture in its own colour."""

import asyncio
import math
import time
from fractions import Fraction
from typing import Any

import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame
from numpy.typing import NDArray

RATE = 48_000
SAMPLES = 960
WIDTH, HEIGHT, FPS = 160, 120, 8
LATE = 0.2
"""seconds behind after which a track goes on from now: no burst follows a pause"""

Colour = tuple[int, int, int]


class _Paced(MediaStreamTrack):
    """Frames at a steady rate, numbered by the clock: where nobody asked for one there is a gap."""

    def __init__(self, period: float) -> None:
        super().__init__()
        self._period = period
        self._began = time.monotonic()
        self._number = 0

    async def _next(self) -> int:
        if self.readyState != "live":
            raise MediaStreamError
        elapsed = time.monotonic() - self._began
        self._number += 1
        if elapsed - self._number * self._period > LATE:
            self._number = int(elapsed / self._period)
        await asyncio.sleep(max(0.0, self._number * self._period - elapsed))
        return self._number


class Tone(_Paced):
    """A sine that swells and falls a little."""

    kind = "audio"

    def __init__(self, hz: float, volume: float) -> None:
        super().__init__(SAMPLES / RATE)
        self._hz, self._volume = hz, volume

    async def recv(self) -> AudioFrame:
        number = await self._next()
        times = (number * SAMPLES + np.arange(SAMPLES)) / RATE
        swell = 0.8 + 0.2 * np.sin(2 * math.pi * 0.5 * times)
        wave = 32_767 * self._volume * swell * np.sin(2 * math.pi * self._hz * times)
        frame = AudioFrame.from_ndarray(wave.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        frame.pts, frame.time_base = number * SAMPLES, Fraction(1, RATE)
        return frame


class Picture(_Paced):
    """Somebody's outline that sways before a wall of their colour."""

    kind = "video"

    def __init__(self, colour: Colour) -> None:
        super().__init__(1 / FPS)
        self._wall = np.array(colour, dtype=np.float32)
        self._figure = self._wall + (255 - self._wall) * 0.55
        self._rows, self._columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)

    async def recv(self) -> VideoFrame:
        number = await self._next()
        frame = VideoFrame.from_ndarray(self._draw(number / FPS), format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        return frame

    def _draw(self, at: float) -> NDArray[Any]:
        middle, breath = WIDTH / 2 + 6 * math.sin(at * 0.9), 2 * math.sin(at * 1.7)
        head = self._ellipse(middle, 48 + breath, 19, 23)
        shoulders = self._ellipse(middle, 118 + breath, 46, 40)
        inside = np.maximum(head, shoulders)[:, :, None]
        return (self._wall + (self._figure - self._wall) * inside).astype(np.uint8)

    def _ellipse(self, x: float, y: float, wide: float, high: float) -> NDArray[Any]:
        """1 inside, 0 outside, soft between."""
        reach = ((self._columns - x) / wide) ** 2 + ((self._rows - y) / high) ** 2
        return np.clip((1.0 - reach) * 6, 0.0, 1.0)
