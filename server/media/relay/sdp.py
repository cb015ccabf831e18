"""Session descriptions: theirs read (by aiortc's parser, behind a door that lets no address through), ours written as text. Pure."""

import re
from typing import NamedTuple

from aiortc.sdp import SessionDescription

from server.media.engine import Kind, MediaRefused

MOST_BYTES = 24_000
MOST_LINES = 80
VIDEO_PT, AUDIO_PT = 96, 111
ANCHOR = "0"
TWCC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
CODECS: dict[Kind, str] = {"audio": "opus/48000/2", "video": "VP8/90000"}
OPUS = "minptime=10;useinbandfec=1;usedtx=0;stereo=0;cbr=1;maxaveragebitrate=32000"
FEEDBACK: dict[Kind, tuple[str, ...]] = {
    "audio": ("transport-cc",),
    "video": ("nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"),
}
_KEPT = re.compile(r"(?!c=|a=(candidate|end-of-candidates|rtcp:|remote-candidates))")


class Ours(NamedTuple):
    """What our side of a connection shows of itself."""

    ufrag: str
    pwd: str
    fingerprint: str
    address: str
    port: int


class Sent(NamedTuple):
    """One m-line of a publish offer: what will arrive, and under which numbers."""

    kind: Kind
    mid: str
    payload_type: int
    ssrc: int
    twcc: int | None


class Theirs(NamedTuple):
    """What a client's description says that we need. `sent` is in the order of its m-lines."""

    fingerprint: str
    sent: tuple[Sent, ...] = ()


def read(text: str) -> SessionDescription:
    """Parse, without addresses and candidates. Raises MediaRefused for whatever the parser cannot bear."""
    if len(text) > MOST_BYTES or text.count("\nm=") > MOST_LINES:
        raise MediaRefused
    kept = [line for line in text.splitlines() if _KEPT.match(line)]
    try:
        return SessionDescription.parse("\r\n".join(kept) + "\r\n")
    except Exception:
        # The parser is not total: ValueError, AssertionError, KeyError, IndexError and more.
        raise MediaRefused from None


def _fingerprint(session: SessionDescription) -> str:
    for media in session.media:
        for one in media.dtls.fingerprints if media.dtls else ():
            if one.algorithm.lower() == "sha-256":
                return str(one.value).replace(":", "").lower()
    raise MediaRefused


def read_offer(text: str) -> Theirs:
    """A publish offer: at most one audio and one video m-line, Opus and VP8 among their codecs."""
    session = read(text)
    kinds = [media.kind for media in session.media]
    if not kinds or len(set(kinds)) < len(kinds) or not set(kinds) <= {"audio", "video"}:
        raise MediaRefused
    sent = tuple(_sent(media) for media in session.media)
    if len({one.mid for one in sent}) < len(sent) or len({one.ssrc for one in sent}) < len(sent):
        raise MediaRefused
    return Theirs(_fingerprint(session), sent)


def _mid(media: object) -> str:
    mid = getattr(getattr(media, "rtp", None), "muxId", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,16}", mid or ""):
        raise MediaRefused
    return str(mid)


def _sent(media: object) -> Sent:
    kind: Kind = media.kind  # type: ignore[attr-defined]
    name, rate = CODECS[kind].split("/")[:2]
    wanted = f"{kind}/{name}".lower(), int(rate)
    rtp = media.rtp  # type: ignore[attr-defined]
    types = [codec.payloadType for codec in rtp.codecs if (codec.mimeType.lower(), codec.clockRate) == wanted]
    ssrcs = [one.ssrc for one in media.ssrc]  # type: ignore[attr-defined]
    if not types or not 0 <= types[0] < 128 or not ssrcs or not 0 < ssrcs[0] < 2**32:
        raise MediaRefused
    twcc = next((one.id for one in rtp.headerExtensions if one.uri == TWCC and 0 < one.id < 15), None)
    return Sent(kind, _mid(media), types[0], ssrcs[0], twcc)


def read_answer(text: str, mids: tuple[str, ...]) -> Theirs:
    """An answer to our offer: the m-lines that were offered, after the one that is always there."""
    session = read(text)
    if tuple(_mid(media) for media in session.media) != (ANCHOR, *mids):
        raise MediaRefused
    return Theirs(_fingerprint(session))


def _head(mids: list[str], version: int) -> list[str]:
    return [
        "v=0",
        f"o=- 1 {version} IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        "a=extmap-allow-mixed",
        f"a=group:BUNDLE {' '.join(mids)}",
    ]


def _section(ours: Ours, kind: Kind, mid: str, pt: int, way: str, setup: str, twcc: int | None) -> list[str]:
    family = "IP6" if ":" in ours.address else "IP4"
    return [
        f"m={kind} {ours.port} UDP/TLS/RTP/SAVPF {pt}",
        f"c=IN {family} {ours.address}",
        f"a=mid:{mid}",
        f"a={way}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=ice-ufrag:{ours.ufrag}",
        f"a=ice-pwd:{ours.pwd}",
        f"a=fingerprint:sha-256 {ours.fingerprint}",
        f"a=setup:{setup}",
        f"a=candidate:1 1 udp 2130706431 {ours.address} {ours.port} typ host",
        f"a=candidate:2 1 tcp 1671430143 {ours.address} {ours.port} typ host tcptype passive",
        "a=end-of-candidates",
        f"a=rtpmap:{pt} {CODECS[kind]}",
        *([f"a=fmtp:{pt} {OPUS}"] if kind == "audio" else []),
        *(f"a=rtcp-fb:{pt} {one}" for one in FEEDBACK[kind] if twcc is not None or one != "transport-cc"),
        *([f"a=extmap:{twcc} {TWCC}"] if twcc is not None else []),
    ]


def write_answer(ours: Ours, offer: Theirs) -> str:
    """The answer to a publish offer: we receive, with the offerer's own numbers for our two codecs."""
    lines = _head([one.mid for one in offer.sent], 1)
    for one in offer.sent:
        lines += _section(ours, one.kind, one.mid, one.payload_type, "recvonly", "passive", one.twcc)
    return _text(lines)


class Line(NamedTuple):
    """One m-line of a subscribe offer. `seat` None: it has ended."""

    mid: str
    kind: Kind
    seat: str | None
    ssrc: int
    cname: str


def write_offer(ours: Ours, lines_: list[Line], version: int) -> str:
    """What a listener is offered. Ended m-lines have port 0 and are left out of the bundle.

    The first m-line carries nothing and never ends: a browser drops the connection when all that was on it has ended.
    """
    lines = _head([ANCHOR, *(line.mid for line in lines_ if line.seat is not None)], version)
    lines += _section(ours, "audio", ANCHOR, AUDIO_PT, "inactive", "actpass", None)
    for line in lines_:
        lines += _live(ours, line) if line.seat is not None else _ended(line)
    return _text(lines)


def _live(ours: Ours, line: Line) -> list[str]:
    pt = VIDEO_PT if line.kind == "video" else AUDIO_PT
    return [
        *_section(ours, line.kind, line.mid, pt, "sendonly", "actpass", None),
        f"a=msid:{line.seat} {line.kind}-{line.mid}",
        f"a=ssrc:{line.ssrc} cname:{line.cname}",
    ]


def _ended(line: Line) -> list[str]:
    pt = VIDEO_PT if line.kind == "video" else AUDIO_PT
    return [
        f"m={line.kind} 0 UDP/TLS/RTP/SAVPF {pt}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{line.mid}",
        "a=inactive",
        f"a=rtpmap:{pt} {CODECS[line.kind]}",
    ]


def _text(lines: list[str]) -> str:
    return "\r\n".join(lines) + "\r\n"
