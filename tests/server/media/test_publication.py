"""What comes from a publisher, without a network: reports that fit whatever has come."""

from hypothesis import given
from hypothesis import strategies as st
from pylibsrtp import Policy, Session

from server.media.relay import rtcp
from server.media.relay.dtls import make_identity
from server.media.relay.incoming import Incoming
from server.media.relay.publication import Publication
from server.media.relay.sdp import Sent
from server.media.relay.sealer import Sealer
from server.media.relay.track import Track
from server.media.relay.transport import Transport
from tests.bots.peer import rtp
from tests.server.media.feedback import parse
from tests.server.media.rig import Clock

IDENTITY = make_identity()
KEY = bytes(30)
EVENT = st.tuples(
    st.sampled_from((5, 6, 7)),
    st.integers(0, 0xFFFF),
    st.integers(0, 2**32 - 1),
    st.integers(0, 0xFFFF),
    st.floats(0, 3),
)


class Sending:
    """A publisher with sound (ssrc 5) and picture (ssrc 6), the clock, and the reports that it gets."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.reports: list[bytes] = []
        transport = Transport("publish", "u", "p", IDENTITY, 0.0)
        transport.tx = Sealer(Session(Policy(KEY, Policy.SSRC_ANY_OUTBOUND)))
        keys = Session(Policy(KEY, Policy.SSRC_ANY_INBOUND))
        transport.send = lambda data: self.reports.append(keys.unprotect_rtcp(bytes(data)))
        sent = (Sent("audio", "0", 111, 5, 3), Sent("video", "1", 96, 6, 3))
        tracks = [Incoming("ann", one, Track(one.kind, 70 + one.ssrc, one.payload_type), "name") for one in sent]
        self.publication = Publication(transport, tracks, self.clock, lambda _: None)
        for one in tracks:
            one.track.set_open(True)
        self.publication.set_heard(True)

    def say(self, ssrc: int, number: int, timestamp: int, twcc: int) -> None:
        self.publication.on_rtp(rtp(ssrc, 111 if ssrc == 5 else 96, number, b"x", timestamp=timestamp, twcc=twcc))

    def feedback(self) -> list[dict[int, int]]:
        packets = [packet for report in self.reports for packet in rtcp.split(report)]
        return [parse(one.body).arrivals for one in packets if (one.type, one.form) == (rtcp.RTPFB, rtcp.TWCC)]


@given(st.lists(EVENT, max_size=60))
def test_any_packets_are_reported_in_datagrams_that_fit(events: list[tuple[int, int, int, int, float]]) -> None:
    sending = Sending()
    for ssrc, number, timestamp, twcc, later in events:
        sending.say(ssrc, number, timestamp, twcc)
        sending.clock.time += later
    sending.publication.tick()
    sending.publication.second()
    assert len(sending.feedback()) == any(ssrc != 7 for ssrc, *_ in events)
    assert all(len(report) < 1200 for report in sending.reports)


@given(st.integers(0, 0xFFFF), st.lists(st.integers(1, 900), min_size=300, max_size=600))
def test_a_flood_with_leaps_is_reported_in_a_datagram_that_fits(first: int, leaps: list[int]) -> None:
    sending = Sending()
    for at, leap in enumerate(leaps):
        first += leap
        sending.say(6, at, 0, first & 0xFFFF)
    sending.publication.tick()
    assert len(sending.feedback()) == 1
    assert all(len(report) < 1200 for report in sending.reports)


def test_a_burst_is_reported_as_far_as_a_datagram_goes() -> None:
    sending = Sending()
    for at in range(600):
        sending.say(6, at, 0, at)
    sending.publication.tick()
    (told,) = sending.feedback()
    assert list(told) == list(range(256))
