"""What one listener is sent of one track, cut off and let in again, with repairs: never two contents under one number."""

from struct import pack

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from pylibsrtp import Policy, Session

from server.media.relay.dtls import make_identity
from server.media.relay.incoming import Incoming
from server.media.relay.listener import Listener
from server.media.relay.publication import Publication
from server.media.relay.sdp import Sent
from server.media.relay.sealer import Sealer
from server.media.relay.track import Track
from server.media.relay.transport import Transport

IDENTITY = make_identity()
PROFILE = Policy.SRTP_PROFILE_AEAD_AES_128_GCM


def sealer() -> Sealer:
    policy = Policy(bytes(28), Policy.SSRC_ANY_OUTBOUND, srtp_profile=PROFILE)
    policy.allow_repeat_tx = True
    policy.window_size = 1024
    return Sealer(Session(policy))


def transport() -> Transport:
    return Transport("subscribe", "u", "p", IDENTITY, 0.0)


class Cut(RuleBasedStateMachine):
    """With a cipher that repeats itself, equal bytes on the wire are equal contents under equal numbers."""

    @initialize(open_=st.booleans(), first=st.integers(0, 0xFFFF))
    def begin(self, open_: bool, first: int) -> None:
        self.track = Track("video", 77, 96)
        self.track.set_open(True)
        incoming = Incoming("ann", Sent("video", "1", 96, 5, None), self.track, "name")
        publication = Publication(transport(), [incoming], lambda: 0.0, lambda _: None)
        to = transport()
        to.tx, to.send = sealer(), self.take
        self.listener = Listener(to, incoming, publication, open_)
        self.next = first
        self.sent: dict[int, bytes] = {}
        self.highest: int | None = None
        self.repairing = False

    def take(self, data: bytes | memoryview) -> None:
        number = int.from_bytes(data[2:4], "big")
        if self.highest is None:
            self.highest = number + 0x10000
        ahead = (number - self.highest) & 0xFFFF
        index = self.highest + (ahead if ahead < 0x8000 else ahead - 0x10000)
        self.highest = max(self.highest, index)
        if self.repairing:
            assert self.sent.get(index) == bytes(data), "a repair of what was never sent"
        assert self.sent.setdefault(index, bytes(data)) == bytes(data), "one number, two contents"

    @rule(many=st.integers(1, 600))
    def packets_come(self, many: int) -> None:
        for _ in range(many):
            packet = pack("!BBHIIQ", 0x80, 96, self.next & 0xFFFF, 0, 5, self.next)
            patched = self.track.patch(packet)
            self.next += 1
            if patched is not None and self.listener.open:
                if self.listener.numbers is None:
                    self.listener.transport.send_rtp(patched)
                else:
                    self.listener.forward(patched)

    @rule(open_=st.booleans())
    def gate_moves(self, open_: bool) -> None:
        self.track.set_open(open_)

    @rule(open_=st.booleans())
    def listener_is_cut_or_let_in(self, open_: bool) -> None:
        self.listener.set_open(open_)

    @rule(around=st.integers(0, 3))
    def the_numbers_go_round_while_it_is_cut(self, around: int) -> None:
        self.listener.set_open(False)
        self.packets_come(0x10000 - around)
        self.listener.set_open(True)

    @rule(back=st.integers(-3, 600), many=st.integers(1, 20))
    def it_asks_again(self, back: int, many: int) -> None:
        self.repairing = True
        self.listener.repair([((self.highest or 0) - back + at) & 0xFFFF for at in range(many)])
        self.repairing = False


TestCut = Cut.TestCase
# Each round trip of the numbers is 65536 packets.
TestCut.settings = settings(max_examples=settings().max_examples // 16, stateful_step_count=25)
