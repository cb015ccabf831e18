"""Encrypted frames in aiortc, at two places: what an encoder gives, and what waits for a decoder. Without a key nothing passes."""

import queue
from collections import Counter
from collections.abc import Callable
from typing import Any

from aiortc import RTCRtpReceiver, RTCRtpSender
from aiortc.codecs.opus import OpusEncoder
from aiortc.codecs.vpx import Vp8Encoder

from tests.bots.keys.frames import Sealing, Track
from tests.bots.keys.octets import Bad

Seal = Callable[[bytes], bytes | None]


class SealedOpus(OpusEncoder):
    def __init__(self, seal: Seal) -> None:
        super().__init__()
        self._seal = seal

    def encode(self, frame: Any, force_keyframe: bool = False) -> tuple[list[bytes], int]:
        payloads, timestamp = super().encode(frame, force_keyframe)
        sealed = (self._seal(payload) for payload in payloads)
        return [one for one in sealed if one is not None], timestamp


class SealedVp8(Vp8Encoder):
    def __init__(self, seal: Seal) -> None:
        super().__init__()
        self._seal = seal

    def _packetize(self, buffer: bytes, picture_id: int) -> list[bytes]:  # type: ignore[override]
        """Of a frame, before it is cut into packets; there it is a method of the class, which knows no key."""
        sealed = self._seal(buffer)
        return [] if sealed is None else super()._packetize(sealed, picture_id)


ENCODERS = {"audio": SealedOpus, "video": SealedVp8}


def seal(sender: RTCRtpSender, sealing: Sealing) -> None:
    """From its first frame on; before anything is sent."""
    kind = sender.kind
    # aiortc makes an encoder where there is none yet. This one is there.
    setattr(sender, "_RTCRtpSender__encoder", ENCODERS[kind](lambda frame: sealing.seal(kind, frame)))  # noqa: B010


class _Opened(queue.Queue[Any]):
    """The way to a decoder: what does not open is dropped, and of a picture a whole one is asked for."""

    def __init__(self, track: Track, counts: Counter[str], ask: Callable[[], None]) -> None:
        super().__init__()
        self._track, self._counts, self._ask = track, counts, ask

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        if item is not None:
            _, frame = item
            try:
                frame.data = self._track.open(frame.data)
            except Bad as bad:
                self._counts[str(bad)] += 1
                self._ask()
                return
            self._counts["opened"] += 1
        super().put(item, block, timeout)


def open_(receiver: RTCRtpReceiver, track: Track, counts: Counter[str]) -> None:
    """Before it receives anything. `counts`: frames that were opened, and the others by why they were not."""
    lacks: Any = getattr(receiver, "_RTCRtpReceiver__decoder_error")  # noqa: B009
    setattr(receiver, "_RTCRtpReceiver__decoder_queue", _Opened(track, counts, lacks.set))  # noqa: B010
