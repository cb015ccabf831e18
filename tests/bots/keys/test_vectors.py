"""The browser is tested against what Python reckons now; and what Python has sealed, Python opens."""

import json
from typing import Any

import pytest

from tests.bots.keys import beat, commit, door, eff, hpke, introduction, safety, vectors, words
from tests.bots.keys.certificate import Certificate
from tests.bots.keys.epoch import open_block
from tests.bots.keys.octets import Bad, Reader, b64, unb64
from tests.bots.keys.roster import read
from tests.bots.keys.vectors import ADA, ADA_BACK, BO, FAY, FIRST, GROUND, LINKS, NOW, OBI, SECOND

HELD = json.loads(vectors.PATH.read_text("utf-8"))
PEOPLE = {who.name: who for who in vectors.PEOPLE}


def test_the_key_vectors_that_the_browser_reads_are_what_python_reckons_now() -> None:
    assert vectors.PATH.read_text("utf-8") == vectors.current()


def test_rosters_are_read_back_as_they_were_written() -> None:
    assert [read(unb64(one["raw"])) for one in HELD["rosters"]] == [FIRST.roster, SECOND.roster]


@pytest.mark.parametrize("cut", [0, 1, 69, 200, -1])
def test_a_roster_that_is_cut_or_too_long_is_refused(cut: int) -> None:
    raw = unb64(HELD["rosters"][0]["raw"])
    for bad in (raw[:cut], raw + b"\0"):
        with pytest.raises(Bad):
            read(bad)


def test_each_wrap_opens_for_its_entry_alone_and_with_it_the_block() -> None:
    for one, epoch in zip(HELD["commits"], (FIRST, SECOND), strict=True):
        for entry in epoch.roster.entries:
            wrapped = unb64(one["wraps"][b64(entry.seat)], 80)
            for who in vectors.PEOPLE:
                if who.pair.public == entry.keys:
                    secret = commit.unwrap(epoch.roster, who.pair, wrapped)
                    assert open_block(secret, epoch.head, unb64(one["sealed"])) == epoch.block
                else:
                    with pytest.raises(Bad):
                        commit.unwrap(epoch.roster, who.pair, wrapped)


def test_a_wrap_opens_in_its_own_epoch_alone() -> None:
    wrapped = unb64(HELD["commits"][0]["wraps"][b64(FAY.seat)])
    with pytest.raises(Bad):
        commit.unwrap(SECOND.roster, FAY.pair, wrapped)


def test_certificates_hold_for_their_keys_and_their_time() -> None:
    for one in HELD["certificates"]:
        of, certificate = PEOPLE[one["of"]].pair.public, Certificate.read(Reader(unb64(one["raw"], 73)))
        assert GROUND.good(certificate, of, NOW, one["powers"])
        assert GROUND.good(certificate, of, one["until"] + 60)
        assert not GROUND.good(certificate, of, one["until"] + 61)
        assert not GROUND.good(certificate, ADA_BACK.pair.public, NOW)
        assert not GROUND.good(certificate, of, NOW, 7 ^ one["powers"])


def test_a_box_opens_for_its_keeper_by_the_same_link_alone() -> None:
    held, data = HELD["door"], unb64(HELD["door"]["box"])
    assert door.read_door_key(GROUND, unb64(held["key"]), NOW) == FAY.pair.public
    knocker = door.open_box(GROUND, LINKS.link, FAY.pair, data)
    assert (knocker.keys, knocker.secret) == (BO.pair.public, unb64(held["secret"]))
    for keeper, link in ((FAY, bytes(32)), (ADA, LINKS.link)):
        with pytest.raises(Bad):
            door.open_box(GROUND, link, keeper.pair, data)


def test_a_door_key_that_nobody_vouches_for_is_not_used() -> None:
    key = bytearray(unb64(HELD["door"]["key"]))
    key[0] ^= 1
    with pytest.raises(Bad, match="certificate"):
        door.read_door_key(GROUND, bytes(key), NOW)


def test_introductions_prove_what_they_say_and_nothing_else() -> None:
    nobody, fay, back = (introduction.read(unb64(one["keys"])) for one in HELD["introductions"])
    resume = unb64(HELD["introductions"][2]["resume"])
    assert introduction.proves_facilitator(GROUND, fay, NOW)
    assert introduction.proves_back(GROUND, ADA.seat, back, resume)
    assert not introduction.proves_back(GROUND, BO.seat, back, resume)
    assert not introduction.proves_back(GROUND, ADA.seat, back._replace(keys=BO.pair.public), resume)
    assert not introduction.proves_back(GROUND, ADA.seat, back, FIRST.resume(FAY.pair.mid))
    assert not introduction.proves_facilitator(GROUND, nobody, NOW)
    assert not introduction.proves_facilitator(GROUND, fay._replace(keys=BO.pair.public), NOW)


def _open(one: dict[str, Any]) -> str:
    sealed, about, kind = unb64(one["sealed"]), one["about"].split(), one["kind"]
    if one["sort"] == "door":
        return words.door(GROUND.rid, unb64(one["link"])).open(sealed, kind, *about)
    if one["sort"] == "doorstep":
        return words.doorstep(GROUND.rid, unb64(one["secret"])).open(sealed, kind, *about)
    if one["sort"] == "room":
        return words.open_room(GROUND.rid, dict(SECOND.block.rooms), sealed, kind, *about)
    return words.open_own({2: SECOND}, PEOPLE[one["who"]].seat, sealed, kind, *about)


@pytest.mark.parametrize("one", HELD["words"], ids=lambda one: f"{one['sort']} {one['kind']}")
def test_words_open_as_what_they_are_and_as_nothing_else(one: dict[str, Any]) -> None:
    assert _open(one) == one["text"]
    for changed in ({"kind": "title" if one["kind"] != "title" else "script"}, {"about": one["about"] + " more"}):
        with pytest.raises(Bad):
            _open(one | changed)


def test_own_words_are_shown_only_of_the_seat_that_wrote_them() -> None:
    for one in HELD["words"]:
        if one["sort"] == "own":
            with pytest.raises(Bad, match="another author"):
                words.open_own({2: SECOND}, FAY.seat, unb64(one["sealed"]), one["kind"], *one["about"].split())
            with pytest.raises(Bad, match="author unknown"):
                words.open_own({1: FIRST}, BO.seat, unb64(one["sealed"]), one["kind"], *one["about"].split())


def test_nobody_inside_can_put_words_into_anothers_mouth() -> None:
    # Obi has the epoch's secret, and so every key that seals words; not Bo's key to sign.
    forger = BO.pair.__class__(OBI.pair.receive, OBI.pair.signing)
    about = (b64(BO.seat),)
    forged = words.seal_own(SECOND, forger, "I give up my turn.", "line", *about)
    own_key = SECOND.exporter("words", f"line {b64(BO.pair.mid)}".encode())
    aad = words.aad(GROUND.rid, "line", *about)
    said = OBI.pair.sign(b"circle/1 words", SECOND.head) + words.pad("I give up my turn.", "line")
    from tests.bots.keys.derive import seal

    as_bo = (2).to_bytes(4, "big") + BO.pair.mid + seal(own_key, said, aad)
    with pytest.raises(Bad, match="another author"):
        words.open_own({2: SECOND}, BO.seat, forged, "line", *about)
    with pytest.raises(Bad, match="signature"):
        words.open_own({2: SECOND}, BO.seat, as_bo, "line", *about)


def test_a_heartbeat_is_its_signers_for_these_keys() -> None:
    told = beat.read(unb64(HELD["beats"][0]["raw"], 124))
    assert told.by(SECOND.roster)
    assert (told.n, told.head, told.time) == (2, SECOND.head, NOW * 1000)
    assert not told._replace(n=3).by(SECOND.roster)
    assert not told._replace(mid=BO.pair.mid).by(SECOND.roster)


def test_the_seed_is_handed_on_to_one_seat() -> None:
    box, info = unb64(HELD["seed_box"]["box"], 80), b"circle/1 seed" + GROUND.rid
    assert hpke.unseal(BO.pair.receive, box, info=info, aad=BO.seat) == vectors.SEED
    with pytest.raises(Bad):
        hpke.unseal(BO.pair.receive, box, info=info, aad=OBI.seat)


def test_safety_words_are_five_of_the_long_list_and_others_for_another_root() -> None:
    list_ = eff.words()
    assert list_ is not None
    assert (len(list_), len(set(list_)), list_[0], list_[-1]) == (7776, 7776, "abacus", "zoom")
    assert HELD["safety"]["words"] == [list_[place] for place in HELD["safety"]["places"]]
    assert safety.numbers(GROUND.rid, bytes(32)) != HELD["safety"]["places"]
