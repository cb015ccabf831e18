"""What keys must come to, reckoned in Python for the browser's tests: `python -m tests.bots.keys.vectors` writes it."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from tests.bots import links
from tests.bots.keys import beat, commit, door, eff, hpke, introduction, safety, sframe, words
from tests.bots.keys.block import Block
from tests.bots.keys.certificate import FACILITATES, KEEPS_DOOR, STANDS_IN
from tests.bots.keys.circle import Ground, ground
from tests.bots.keys.derive import hkdf, sha256
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.identity import Pair
from tests.bots.keys.octets import b64
from tests.bots.keys.roster import LISTENS, NOBODY, SITS, Entry, Roster

PATH = Path(__file__).resolve().parents[2] / "static" / "key_vectors.json"
SEED = bytes(range(32))
NOW, UNTIL = 1_790_000_000, 1_790_080_000
NONCE = bytes(range(12))
ABOUT = {
    "all": "Bytes are base64url without padding. Seats and rid too. docs/protocol.md section 7 says what each is made of.",
    "ground": "Of the circle: seed, its rid and root, the first link's L (link) and fp.",
    "people": "By name: private keys as raw bytes (an Ed25519 one is its seed), public ones, mid, seat.",
    "certificates": "By RK, good at now: for whom, powers, until, the 73 bytes.",
    "derived": "HKDF and exporter: key or (secret, head), label, context (null: none), length, value.",
    "rosters": "n = 1 by Fay, with Ada and Obi; n = 2 by Fay, Ada gone and Bo come: raw, head, prev.",
    "commits": "To each roster: secret E_n, block plain and sealed (nonce as given), confirm, signature, "
    "wraps by seat, which the people's mk open.",
    "door": "Fay's door key, D (secret), and the box that Bo made for her under L: it opens by Fay's mk.",
    "introductions": "Of each kind; the one who was here before has `resume` (R), `epoch` (m) and the former keys' mid.",
    "words": "Sealed with the nonce: sort, kind, text, about (after the type in the AAD), and by sort: the link, D (secret), "
    "the room's id and T, or who wrote in which epoch n, the AAD and the padded text.",
    "beats": "By Fay in epoch 2.",
    "seed_box": "The seed for Bo, by HPKE: it opens by Bo's mk.",
    "safety": "Places in the EFF long list, from 0, and the words.",
    "frames": "base_key of a mid in epoch n, the KID by index and n, the key and salt that SFrame makes of it.",
}


class Person(NamedTuple):
    name: str
    seat: bytes
    pair: Pair
    receive: bytes
    signing: bytes


def person(name: str) -> Person:
    """Keys and seat follow from the name alone."""
    receive, signing = sha256(name.encode(), b" mk"), sha256(name.encode(), b" ms")
    return Person(name, sha256(name.encode(), b" seat")[:8], Pair.make(receive, signing), receive, signing)


FAY, ADA, OBI, BO, ADA_BACK = (person(name) for name in ("Fay", "Ada", "Obi", "Bo", "Ada again"))
PEOPLE = (FAY, ADA, OBI, BO, ADA_BACK)
LINKS = links.from_seed(SEED)
GROUND: Ground = ground(LINKS)


def _text(value: Any) -> Any:
    """Bytes as text, all the way down."""
    if isinstance(value, bytes):
        return b64(value)
    if isinstance(value, dict):
        return {key: _text(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_text(one) for one in value]
    return value


def _epochs() -> list[tuple[Epoch, commit.Commit]]:
    fay = GROUND.certify(FAY.pair.public, FACILITATES, UNTIL)
    first = Roster(
        GROUND.rid,
        1,
        NOBODY,
        FAY.pair.mid,
        (
            Entry(FAY.seat, FAY.pair.public, 0, SITS, fay),
            Entry(ADA.seat, ADA.pair.public, 1, SITS, GROUND.certify(ADA.pair.public, STANDS_IN | KEEPS_DOOR, UNTIL)),
            Entry(OBI.seat, OBI.pair.public, 2, LISTENS),
        ),
    )
    names = ((FAY.pair.mid, "Fay"), (ADA.pair.mid, "Zoë"), (OBI.pair.mid, "小雨"))
    block = Block(1, LINKS.link, ((0, sha256(b"T 0")),), names)
    kept = (first.entries[0], first.entries[2])
    second = Roster(GROUND.rid, 2, first.head, FAY.pair.mid, (*kept, Entry(BO.seat, BO.pair.public, 3, SITS)))
    named = (names[0], names[2], (BO.pair.mid, "Bo"))
    next_block = block._replace(names=named).with_fresh_room(sha256(b"T 1"))
    epochs: list[tuple[Epoch, commit.Commit]] = []
    for roster, of in ((first, block), (second, next_block)):
        made, epoch = commit.build(FAY.pair, roster, of, sha256(b"E", bytes([roster.n])), NONCE)
        epochs.append((epoch, made))
    return epochs


EPOCHS = _epochs()
FIRST, SECOND = (epoch for epoch, _ in EPOCHS)


def _commits() -> list[dict[str, Any]]:
    return [
        {
            "n": epoch.roster.n,
            "secret": epoch.secret,
            "block": epoch.block.raw,
            "sealed": made.block,
            "confirm": made.confirm,
            "signature": made.signature,
            "wraps": {
                b64(entry.seat): commit.wrap(epoch.roster, entry.keys, epoch.secret, sha256(b"wrap", entry.seat))
                for entry in epoch.roster.entries
            },
        }
        for epoch, made in EPOCHS
    ]


def _derived() -> list[dict[str, Any]]:
    key = sha256(b"a key")
    plain = [("confirm", None, 32), ("room title", None, 32), ("export words", b"name", 32), ("long", b"\0\xff", 80)]
    made: list[dict[str, Any]] = [
        {"key": key, "label": label, "context": context, "length": length, "value": hkdf(key, label, context, length)}
        for label, context, length in plain
    ]
    exports = [("block", b""), ("resume", FAY.pair.mid), ("media", FAY.pair.mid), ("words", b"line " + _mid(FAY))]
    for label, context in exports:
        value = SECOND.exporter(label, context)
        made.append(
            {"secret": SECOND.secret, "head": SECOND.head, "label": label, "context": context, "length": 32}
            | {"value": value}
        )
    return made


def _mid(who: Person) -> bytes:
    return b64(who.pair.mid).encode()


def _introductions() -> list[dict[str, Any]]:
    resume = FIRST.resume(ADA.pair.mid)
    own = ADA_BACK.pair.public
    fay = introduction.facilitator(FAY.pair.public, GROUND.certify(FAY.pair.public, FACILITATES, UNTIL))
    return [
        {"kind": 0, "who": "Bo", "keys": introduction.stranger(BO.pair.public).raw},
        {"kind": 1, "who": "Fay", "keys": fay.raw},
        {
            "kind": 2,
            "who": "Ada again",
            "seat": ADA.seat,
            "epoch": 1,
            "mid": ADA.pair.mid,
            "resume": resume,
            "keys": introduction.back(GROUND, ADA.seat, own, 1, resume).raw,
        },
    ]


def _words() -> list[dict[str, Any]]:
    rid, secret = GROUND.rid, sha256(b"D")
    made: list[dict[str, Any]] = []

    def add(sort: str, kind: str, text: str, about: str, sealed: bytes, **more: Any) -> None:
        made.append({"sort": sort, "kind": kind, "text": text, "about": about, "sealed": sealed, **more})

    agreements = "What is said stays here.\nYou may pass, always."
    door_words = words.door(rid, LINKS.link).seal(agreements, "agreements", nonce=NONCE)
    add("door", "agreements", agreements, "", door_words, link=LINKS.link)
    doorstep = words.doorstep(rid, secret)
    for kind, text, about in (
        ("name", "Zoë", ""),
        ("note", "It is my first time.", ""),
        ("note", "Who told you of us?", f"question {b64(BO.seat)}"),
    ):
        add("doorstep", kind, text, about, doorstep.seal(text, kind, *about.split(), nonce=NONCE), secret=secret)
    for id_, key in SECOND.block.rooms:
        title = words.seal_room(rid, (id_, key), "Letters to ourselves", "title", nonce=NONCE)
        add("room", "title", "Letters to ourselves", "", title, room=id_, key=key)
    for kind, text, about in (
        ("check_in", '["Tired, and glad to be here.","rain","6"]', b64(BO.seat)),
        ("share", "x" * 1023, f"{b64(BO.seat)} 7"),
        ("line", "Shall we skip the break?", b64(BO.seat)),
    ):
        sealed = words.seal_own(SECOND, BO.pair, text, kind, *about.split(), nonce=NONCE)
        aad = words.aad(rid, kind, *about.split())
        add("own", kind, text, about, sealed, who="Bo", n=2, aad=aad, padded=words.pad(text, kind))
    return made


def _frames() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for epoch in (FIRST, SECOND):
        for entry in epoch.roster.entries:
            base, kid = epoch.media(entry.keys.mid), entry.index << 8 | epoch.roster.n % 256
            key = sframe.Key(base, kid)
            made.append(
                {"n": epoch.roster.n, "mid": entry.keys.mid, "index": entry.index, "base_key": base, "kid": kid}
                | {"key": key.key, "salt": key.salt}
            )
    return made


def _people() -> dict[str, Any]:
    return {
        who.name: {
            "seat": who.seat,
            "mk_private": who.receive,
            "ms_private": who.signing,
            "mk": who.pair.public.mk,
            "ms": who.pair.public.ms,
            "mid": who.pair.mid,
        }
        for who in PEOPLE
    }


def _certificates() -> list[dict[str, Any]]:
    return [
        {
            "of": who.name,
            "powers": powers,
            "until": UNTIL,
            "raw": GROUND.certify(who.pair.public, powers, UNTIL).raw,
        }
        for who, powers in ((FAY, 1), (ADA, 2), (OBI, 4), (BO, 6))
    ]


def _safety() -> dict[str, Any]:
    held = eff.words()
    words_ = held and safety.words(GROUND.rid, GROUND.root, held)
    return {"places": safety.numbers(GROUND.rid, GROUND.root), "words": words_}


def content() -> dict[str, Any]:
    secret = sha256(b"D")
    door_key = door.door_key(FAY.pair.public, GROUND.certify(FAY.pair.public, KEEPS_DOOR, UNTIL))
    box = door.box(GROUND, LINKS.link, FAY.pair.public, BO.pair.public, secret, sha256(b"box"))
    info = b"circle/1 seed" + GROUND.rid
    seed_box = hpke.seal(BO.pair.public.mk, SEED, info=info, aad=BO.seat, ephemeral=sha256(b"seed box"))
    return {
        "about": ABOUT,
        "now": NOW,
        "nonce": NONCE,
        "ground": {"seed": SEED, "rid": GROUND.rid, "root": GROUND.root, "link": LINKS.link, "fp": LINKS.fp},
        "people": _people(),
        "certificates": _certificates(),
        "derived": _derived(),
        "rosters": [
            {"n": epoch.roster.n, "raw": epoch.roster.raw, "head": epoch.head, "prev": epoch.roster.prev}
            for epoch, _ in EPOCHS
        ],
        "commits": _commits(),
        "door": {"of": "Fay", "key": door_key, "who": "Bo", "secret": secret, "box": box},
        "introductions": _introductions(),
        "words": _words(),
        "beats": [{"who": "Fay", "n": 2, "time": NOW * 1000, "raw": beat.make(SECOND, FAY.pair, NOW).raw}],
        "seed_box": {"to": "Bo", "seat": BO.seat, "box": seed_box},
        "safety": _safety(),
        "frames": _frames(),
    }


def current() -> str:
    """The file as it should be."""
    text = json.dumps(_text(content()), indent=2, ensure_ascii=False) + "\n"
    # Short lists on one line, as the browser's formatter has them.
    return re.sub(r"\[\s+([^][{}]+?)\s+\]", lambda found: "[" + " ".join(found[1].split()) + "]", text)


if __name__ == "__main__":
    PATH.write_text(current(), "utf-8")
