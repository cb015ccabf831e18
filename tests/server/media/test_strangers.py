"""The open port: strangers get no answer, garbage disturbs nobody, and only a genuine check moves anything."""

import random
import secrets
import socket

from aioice import stun

from tests.bots.secure import IDENTITY, Handshake
from tests.server.media.rig import HOST, Rig, Seat, door_of

WRONG = "0" * 24


async def goes_on(ann: Seat, bo: Seat) -> None:
    """Sound still passes, and nothing has been raised."""
    word = secrets.token_bytes(8)
    ann.say("audio", word)
    await bo.hears(word)
    assert ann.rig.raised == []


async def answered(rig: Rig, *datagrams: bytes) -> list[bytes]:
    """What a stranger gets for these. The relay is waited for by a genuine check that comes after them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.setblocking(False)
        stranger.bind((HOST, 0))
        for at, datagram in enumerate(datagrams):
            stranger.sendto(datagram, (HOST, rig.relay.port))
            if at % 50 == 49:
                await rig.seat("bo").settled()
        await rig.seat("bo").settled()
        got: list[bytes] = []
        while True:
            try:
                got.append(stranger.recv(4096))
            except BlockingIOError:
                return got


def request(username: str, pwd: str, method: stun.Method = stun.Method.BINDING) -> bytes:
    message = stun.Message(message_method=method, message_class=stun.Class.REQUEST)
    message.attributes |= {"USERNAME": username, "PRIORITY": 1, "ICE-CONTROLLING": 1, "USE-CANDIDATE": None}
    message.add_message_integrity(pwd.encode())
    return bytes(message)


async def test_a_genuine_check_is_answered_wherever_it_comes_from() -> None:
    """The control to the silence below: by this a stranger would have got an answer."""
    async with Rig() as rig:
        _, bo = await rig.pair()
        assert bo.listener.remote is not None
        good = request(f"{bo.listener.remote.ufrag}:x", bo.listener.remote.pwd)
        (answer,) = await answered(rig, good)
        assert stun.parse_message(answer).check_message_integrity(bo.listener.remote.pwd.encode())


async def test_strangers_get_no_answer() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        remote = bo.listener.remote
        assert remote is not None
        plain = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        asked = [
            bytes(plain),
            request("nobody:x", remote.pwd),
            request(f"{remote.ufrag}:x", WRONG),
            request("", ""),
            request(f"{remote.ufrag}:x", remote.pwd, stun.Method.ALLOCATE),
            ann.publisher.seal(bytes([0x80, 111]) + bytes(30)),
            bytes([22, 0xFE, 0xFD]) + bytes(40),
            b"",
            b"\x00",
        ]
        assert await answered(rig, *asked) == []
        await goes_on(ann, bo)


async def test_an_indication_and_an_answer_are_not_answered() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        remote = bo.listener.remote
        assert remote is not None
        for kind in (stun.Class.INDICATION, stun.Class.RESPONSE, stun.Class.ERROR):
            message = stun.Message(message_method=stun.Method.BINDING, message_class=kind)
            message.attributes["USERNAME"] = f"{remote.ufrag}:x"
            message.add_message_integrity(remote.pwd.encode())
            assert await answered(rig, bytes(message)) == []


async def test_garbage_on_the_port_disturbs_nobody() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        chance = random.Random(7)
        assert await answered(rig, *[garbage(chance) for _ in range(3000)]) == []
        await goes_on(ann, bo)


async def test_garbage_from_within_disturbs_nobody() -> None:
    """From an address that has proved itself, before and after its handshake."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        half = cy.has("publish", rig.peer(ssrcs={"audio": 1, "video": 2}))
        await half.reach(await rig.relay.publish("circle", "cy", half.offer()))
        half.check()
        await half.until(lambda: half.answers > 0)
        chance = random.Random(8)
        for at in range(1500):
            for peer in (half, ann.publisher, bo.listener):
                peer.send(garbage(chance))
            if at % 25 == 24:
                await bo.settled()
        await goes_on(ann, bo)


async def test_sealed_garbage_disturbs_nobody() -> None:
    """Whoever has keys may seal anything."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        chance = random.Random(9)
        for at in range(1500):
            body = chance.randbytes(chance.randrange(60))
            ssrc = ann.publisher.ssrcs[chance.choice(("audio", "video"))].to_bytes(4, "big")
            kind = bytes([chance.randrange(200, 208), 0, chance.randrange(16)])
            for peer in (ann.publisher, bo.listener):
                peer.send_rtcp(bytes([0x80 | chance.randrange(32)]) + kind + ssrc + body + bytes(-len(body) % 4))
            number = (at * 61 % 0x10000).to_bytes(2, "big")
            head = bytes([0x90, chance.choice((96, 111))]) + number + chance.randbytes(4)
            words = chance.randrange(4)
            ann.publisher.send_rtp(head + ssrc + b"\xbe\xde\0" + bytes([words]) + chance.randbytes(4 * words + 9))
            if at % 25 == 24:
                await ann.settled()
        await ann.settled()
        await ann.publish()  # the old one has spent its allowance
        await bo.take_offer()
        await goes_on(ann, bo)


def garbage(chance: random.Random) -> bytes:
    """Random bytes, most of them behind a first byte that makes them look like something."""
    body = chance.randbytes(chance.choice((0, 1, 3, 11, 12, 19, 20, 40, 200, 1400, 2100)))
    first = chance.choice(
        (b"", b"\0\1", b"\1\1", b"\x14\xfe\xfd", b"\x16\xfe\xfd", b"\x17\xfe\xfd", b"\x80\x60", b"\x80\xc8")
    )
    cookie = b"\0\x08\x21\x12\xa4\x42" if first[:1] in (b"\0", b"\1") and chance.random() < 0.7 else b""
    return first + cookie + body


async def test_a_connection_goes_on_from_another_address() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for seat, peer in ((bo, bo.listener), (ann, ann.publisher)):
            before = peer.address
            await peer.move()
            assert peer.address != before
            await goes_on(ann, bo)
            assert door_of(rig).by_address[peer.address].address == peer.address, seat.name


async def test_nothing_but_a_genuine_check_moves_a_connection() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        remote = bo.listener.remote
        assert remote is not None
        packet = ann.publisher.seal(bytes([0x80, 111, 0, 1]) + bytes(30))
        assert await answered(rig, request(f"{remote.ufrag}:x", WRONG), packet, bo.listener.seal_rtcp(bytes(8))) == []
        await goes_on(ann, bo)
        assert set(door_of(rig).by_address) == {ann.publisher.address, bo.listener.address}


async def test_a_check_that_does_not_nominate_moves_nothing() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        second = rig.peer()
        second.ufrag = bo.listener.ufrag
        await second.reach(bo.offers[-1].sdp)
        second.check(nominate=False)
        await second.until(lambda: second.answers > 0)
        await goes_on(ann, bo)
        assert second.sealed == []
        hello = Handshake(IDENTITY, "").go()[0]
        second.send(hello)  # nor is anybody shaken hands with there
        await bo.settled()
        assert second.records == 0


async def test_a_handshake_is_answered_only_where_the_connection_lives() -> None:
    async with Rig() as rig:
        peer, second = rig.peer(ssrcs={"audio": 1, "video": 2}), rig.peer()
        answer = await rig.relay.publish("circle", "ann", peer.offer())
        await peer.reach(answer)
        await second.reach(answer)
        for one in (peer, second):
            one.check(nominate=one is peer)
            await one.until(lambda one=one: one.answers > 0)
        hello = Handshake(IDENTITY, "").go()[0]
        second.send(hello)
        answers = second.answers
        second.check(nominate=False)
        await second.until(lambda: second.answers > answers)
        assert (peer.records, second.records) == (0, 0)
        peer.send(hello)
        await peer.until(lambda: peer.records > 0)
        assert second.records == 0


async def test_packets_of_a_connection_count_only_from_addresses_it_has_proved() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        elsewhere = ann.publisher.seal(
            bytes([0x80, 111, 0, 9]) + bytes(4) + ann.publisher.ssrcs["audio"].to_bytes(4, "big")
        )
        assert await answered(rig, elsewhere) == []
        await goes_on(ann, bo)
        assert len(bo.heard()) == 1


async def test_what_follows_the_integrity_of_a_check_is_not_believed() -> None:
    """Anybody on the way could have appended it."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        remote = bo.listener.remote
        assert remote is not None
        check = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        check.attributes["USERNAME"] = f"{remote.ufrag}:x"
        check.add_message_integrity(remote.pwd.encode())
        del check.attributes["FINGERPRINT"]
        check.attributes["USE-CANDIDATE"] = None
        check.add_fingerprint()
        await answered(rig, bytes(check))
        await goes_on(ann, bo)


async def test_a_connection_remembers_few_addresses() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for _ in range(20):
            await bo.listener.move()
        await goes_on(ann, bo)
        assert len(door_of(rig).by_address) <= 9


async def test_a_flood_of_genuine_checks_is_not_answered_without_end() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        before = bo.listener.answers
        for at in range(1000):
            bo.listener.check()
            if at % 50 == 49:
                await ann.settled()
        assert bo.listener.answers - before < 1000
        await goes_on(ann, bo)


async def test_an_address_that_another_connection_took_over_is_not_taken_from_it() -> None:
    """As when one browser's port is another one's next: the end of the first must not cut the second off."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        assert ann.publisher.remote is not None
        remote, bo.listener.remote = bo.listener.remote, ann.publisher.remote
        answers = bo.listener.answers
        bo.listener.check()  # bo's address proves itself for ann's connection, too
        await bo.listener.until(lambda: bo.listener.answers > answers)
        bo.listener.remote = remote
        await bo.settled()
        await rig.relay.unpublish("circle", "ann")
        assert bo.listener.address in door_of(rig).by_address
