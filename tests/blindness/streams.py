"""Captured packets put together again: what was said on each connection, with the masks of WebSocket taken off."""

from collections.abc import Iterable, Iterator

from tests.blindness.capture import TCP, Packet

SYN = 2
UPGRADE = b"upgrade: websocket"


def put_together(packets: Iterable[Packet]) -> list[bytes]:
    """Each TCP direction as one stream, each datagram for itself. Raises ValueError where a piece of a stream is missing."""
    open_: dict[tuple[int, int], tuple[int, bytearray]] = {}
    said: list[bytearray] = []
    datagrams: list[bytes] = []
    for packet in packets:
        if packet.protocol != TCP:
            datagrams.append(packet.data)
            continue
        way = packet.source, packet.target
        if packet.flags & SYN:
            open_[way] = (packet.number + 1) & 0xFFFFFFFF, bytearray()
            said.append(open_[way][1])
        elif packet.data:
            follows, stream = open_[way]
            known = (follows - packet.number) & 0xFFFFFFFF
            if known > 1 << 31:
                raise ValueError("the capture has a hole")
            stream += packet.data[known:]
            open_[way] = max(follows, follows + len(packet.data) - known) & 0xFFFFFFFF, stream
    return [*map(bytes, said), *datagrams]


def unmasked(stream: bytes) -> bytes:
    """What a browser said on a WebSocket; nothing of any other stream."""
    head, _, rest = stream.partition(b"\r\n\r\n")
    if not stream.startswith(b"GET ") or UPGRADE not in head.lower():
        return b""
    return b"".join(_payloads(rest))


def _payloads(data: bytes) -> Iterator[bytes]:
    at = 0
    while at + 2 <= len(data):
        masked, length, at = data[at + 1] & 128, data[at + 1] & 127, at + 2
        if length > 125:
            wide = 2 if length == 126 else 8
            length, at = int.from_bytes(data[at : at + wide], "big"), at + wide
        mask, at = (data[at : at + 4], at + 4) if masked else (bytes(4), at)
        payload, at = data[at : at + length], at + length
        whole = (mask * (len(payload) // 4 + 1))[: len(payload)]
        yield (int.from_bytes(payload, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(payload), "big")
