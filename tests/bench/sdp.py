"""Session descriptions as the measuring peers write and read them: the same few lines towards both engines, as our page sends them."""

import re
from typing import NamedTuple

PAYLOAD = {"audio": 111, "video": 96}
CODEC = {"audio": "opus/48000/2", "video": "VP8/90000"}
FEEDBACK = {"audio": ("transport-cc",), "video": ("nack", "nack pli", "ccm fir", "goog-remb", "transport-cc")}
KINDS = ("audio", "video")
TWCC = 3
TWCC_NAME = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"


class Own(NamedTuple):
    """What a peer shows of itself. Where it can be reached is told only to an engine that does not go without."""

    ufrag: str
    pwd: str
    fingerprint: str
    reached: tuple[str, int] | None = None


class Remote(NamedTuple):
    """What a peer needs of the engine's description: where to go, and which streams will come."""

    ufrag: str
    pwd: str
    address: str
    port: int
    lite: bool
    ssrcs: tuple[int, ...]


def _line(text: str, pattern: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise ValueError(f"a description without {pattern}")
    return found[1]


def read(text: str) -> Remote:
    """Raises ValueError for a description that lacks something."""
    host = re.search(r"^a=candidate:\S+ 1 udp \d+ ([\d.]+) (\d+) typ host", text, re.MULTILINE | re.IGNORECASE)
    if host is None:
        raise ValueError("a description without an address")
    ssrcs = tuple(dict.fromkeys(int(one) for one in re.findall(r"^a=ssrc:(\d+) cname", text, re.MULTILINE)))
    ufrag, pwd = _line(text, r"^a=ice-ufrag:(\S+)"), _line(text, r"^a=ice-pwd:(\S+)")
    return Remote(ufrag, pwd, host[1], int(host[2]), "a=ice-lite" in text, ssrcs)


def _head(mids: list[str]) -> list[str]:
    return ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(mids)}"]


def _section(own: Own, kind: str, mid: str, payload: str, way: str, setup: str) -> list[str]:
    return [
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {payload}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{mid}",
        f"a={way}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=ice-ufrag:{own.ufrag}",
        f"a=ice-pwd:{own.pwd}",
        f"a=fingerprint:sha-256 {own.fingerprint}",
        f"a=setup:{setup}",
        f"a=rtpmap:{payload} {CODEC[kind]}",
        *([f"a=candidate:1 1 udp 2130706431 {own.reached[0]} {own.reached[1]} typ host"] if own.reached else []),
        *(["a=end-of-candidates"] if own.reached else []),
    ]


def offer(own: Own, ssrcs: dict[str, int]) -> str:
    """What a publisher offers: one sound, one picture. We open the DTLS connection, towards both engines alike."""
    lines = _head(list(KINDS))
    for kind in KINDS:
        payload = PAYLOAD[kind]
        lines += _section(own, kind, kind, str(payload), "sendonly", "active")
        lines += [f"a=rtcp-fb:{payload} {one}" for one in FEEDBACK[kind]]
        lines += [f"a=extmap:{TWCC} {TWCC_NAME}", f"a=ssrc:{ssrcs[kind]} cname:peer"]
    return "\r\n".join(lines) + "\r\n"


def answer(own: Own, offered: str) -> str:
    """What a listener answers: everything that is offered, without extensions."""
    sections = re.split(r"(?=^m=)", offered, flags=re.MULTILINE)[1:]
    mids = [_line(section, r"^a=mid:(\S+)") for section in sections]
    lines = _head(mids)
    for section, mid in zip(sections, mids, strict=True):
        kind = _line(section, r"^m=(\w+)")
        payload = _line(section, r"^m=\w+ \d+ \S+ (\d+)")
        lines += _section(own, kind, mid, payload, "recvonly", "active")
        if kind == "video":
            lines += [f"a=rtcp-fb:{payload} {one}" for one in ("nack", "nack pli", "ccm fir", "goog-remb")]
    return "\r\n".join(lines) + "\r\n"
