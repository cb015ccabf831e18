"""Descriptions: a real browser's, and whatever can be made of it. An answer or a refusal, never anything else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.engine import MediaRefused
from server.media.relay import sdp

GOLDEN = Path(__file__).parent / "golden"
OFFER = (GOLDEN / "chromium_offer.sdp").read_text().replace("\n", "\r\n")
ANSWER = (GOLDEN / "chromium_answer.sdp").read_text().replace("\n", "\r\n")
FINGERPRINT = bytes(range(32)).hex()
OURS = sdp.Ours("ours", "ourpwd", "AA:BB", "198.51.100.1", 8001)
LINES = OFFER.splitlines()
ADDRESSES = ("203.0.113", "2001:db8", "127.0.0.1")


def listening() -> list[sdp.Line]:
    return [sdp.Line("1", "audio", "seat", 5, "name"), sdp.Line("2", "video", "seat", 6, "name")]


def refused(text: str) -> bool:
    try:
        sdp.write_answer(OURS, sdp.read_offer(text))
    except MediaRefused:
        return True
    return False


def test_a_browsers_offer_is_understood() -> None:
    assert sdp.read_offer(OFFER) == sdp.Theirs(
        FINGERPRINT, (sdp.Sent("audio", "0", 111, 261315079, 3), sdp.Sent("video", "1", 96, 4255312958, 3))
    )


def test_a_browsers_answer_is_understood() -> None:
    assert sdp.read_answer(ANSWER, ("1", "2")) == sdp.Theirs(FINGERPRINT)


@pytest.mark.parametrize("mids", [(), ("1",), ("2", "1"), ("1", "2", "3"), ("1", "3")])
def test_an_answer_is_to_the_m_lines_that_were_offered(mids: tuple[str, ...]) -> None:
    with pytest.raises(MediaRefused):
        sdp.read_answer(ANSWER, mids)


def test_the_answer_is_as_the_browser_numbered_it_and_receives_only() -> None:
    text = sdp.write_answer(
        OURS, sdp.read_offer(OFFER.replace("111", "109").replace(" 96", " 120").replace(":96", ":120"))
    )
    audio, video = text.split("m=")[1:]
    assert audio.startswith("audio 8001 UDP/TLS/RTP/SAVPF 109\r\n")
    assert video.startswith("video 8001 UDP/TLS/RTP/SAVPF 120\r\n")
    for section in (audio, video):
        for line in ("a=recvonly", "a=setup:passive", "a=rtcp-mux", "a=ice-ufrag:ours", "a=fingerprint:sha-256 AA:BB"):
            assert f"\r\n{line}\r\n" in section
        assert "sendonly" not in section
    assert "cbr=1;maxaveragebitrate=32000" in audio
    assert "usedtx=0;stereo=0" in audio  # sizes and pauses would tell what is spoken
    assert re.findall(r"a=rtpmap:(\d+ \S+)", text) == ["109 opus/48000/2", "120 VP8/90000"]


def test_the_only_extension_is_the_one_that_counts_packets() -> None:
    text = sdp.write_answer(OURS, sdp.read_offer(OFFER))
    assert set(re.findall(r"a=extmap:(.*)\r", text)) == {f"3 {sdp.TWCC}"}
    without = sdp.write_answer(OURS, sdp.read_offer("\r\n".join(one for one in LINES if "transport-wide" not in one)))
    assert "extmap:" not in without
    assert "transport-cc" not in without


@pytest.mark.parametrize("text", [sdp.write_answer(OURS, sdp.read_offer(OFFER)), sdp.write_offer(OURS, listening(), 1)])
def test_what_we_write_shows_our_address_only(text: str) -> None:
    assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", text)) == {"0.0.0.0", "198.51.100.1"}
    assert text.count("a=candidate:1 1 udp 2130706431 198.51.100.1 8001 typ host\r\n") == text.count("m=")
    assert text.count("a=candidate:2 1 tcp 1671430143 198.51.100.1 8001 typ host tcptype passive\r\n") == text.count(
        "m="
    )
    assert text.count("a=ice-lite\r\n") == 1


def test_an_ipv6_address_is_called_one() -> None:
    text = sdp.write_offer(OURS._replace(address="2001:db8::1"), listening(), 1)
    assert "c=IN IP6 2001:db8::1\r\n" in text


def test_a_listener_is_offered_seats_by_id_and_nothing_that_tells_who_they_are() -> None:
    text = sdp.write_offer(OURS, listening(), 7)
    assert "a=group:BUNDLE 0 1 2\r\n" in text
    assert re.findall(r"a=(msid:.*|ssrc:.*)\r", text) == [
        "msid:seat audio-1",
        "ssrc:5 cname:name",
        "msid:seat video-2",
        "ssrc:6 cname:name",
    ]
    assert text.count("a=sendonly\r\n") == 2
    assert "o=- 1 7 IN" in text


def test_an_ended_m_line_keeps_its_place_and_leaves_the_bundle() -> None:
    ended = sdp.Line("1", "audio", None, 0, "dead")
    text = sdp.write_offer(OURS, [ended, listening()[1]], 2)
    assert "a=group:BUNDLE 0 2\r\n" in text
    section = text.split("m=")[2]
    assert section.startswith("audio 0 UDP/TLS/RTP/SAVPF 111\r\n")
    assert "198.51.100.1" not in section
    assert "a=inactive\r\n" in section


def test_the_first_m_line_carries_nothing_and_never_ends() -> None:
    for lines in ([], [sdp.Line("1", "audio", None, 0, "dead")]):
        first = sdp.write_offer(OURS, lines, 1).split("m=")[1]
        assert first.startswith("audio 8001 ")
        assert "a=inactive\r\n" in first
        assert "ssrc" not in first


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("opus/48000", "opus/8000"),
        ("VP8/90000", "VP9/90000"),
        ("a=ssrc:", "a=asrc:"),
        ("a=ssrc:261315079", "a=ssrc:0"),
        ("a=ssrc:261315079", "a=ssrc:4294967296"),
        ("a=ssrc:4255312958", "a=ssrc:261315079"),
        ("a=mid:1", "a=mid:0"),
        ("a=mid:1", "a=mid:"),
        ("a=mid:1", "a=mid:1 2"),
        ("a=mid:1", "a=mid:a-name-that-is-much-too-long"),
        ("a=fingerprint:sha-256", "a=fingerprint:sha-1"),
        ("m=video", "m=audio"),
        ("m=video", "m=text"),
        ("m=audio 51935 UDP/TLS/RTP/SAVPF 111", "m=audio 51935 UDP/TLS/RTP/SAVPF x"),
        ("a=rtpmap:96", "a=rtpmap:300"),
        ("v=0\r\n", "v=0\r\n" * 10_000),
        (OFFER, ""),
        (OFFER, "m=" * 5_000),
        (OFFER, "\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111" * 200),
        ("\r\nm=video", "\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\nm=video"),
    ],
)
def test_what_does_not_fit_is_refused(found: str, instead: str) -> None:
    assert found in OFFER
    assert refused(OFFER.replace(found, instead))


@given(st.text())
def test_any_text_is_answered_or_refused(text: str) -> None:
    refused(text)


@given(st.lists(st.sampled_from(LINES)))
def test_any_lines_of_an_offer_are_answered_or_refused(lines: list[str]) -> None:
    refused("\r\n".join(lines))


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """The text with some lines gone, doubled, moved, or changed in the middle."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut, end = sorted((draw(st.integers(0, len(line))), draw(st.integers(0, len(line)))))
        way = draw(st.sampled_from(("drop", "double", "swap", "change")))
        if way == "drop" and len(lines) > 1:
            del lines[at]
        elif way == "double":
            lines.insert(draw(st.integers(0, len(lines))), line)
        elif way == "swap":
            lines[at], lines[0] = lines[0], line
        else:
            lines[at] = line[:cut] + draw(st.text(max_size=12)) + line[end:]
    return "\r\n".join(lines) + "\r\n"


@given(mutations(OFFER))
def test_a_changed_offer_is_refused_or_answered_without_anything_of_the_clients_addresses(text: str) -> None:
    try:
        answer = sdp.write_answer(OURS, sdp.read_offer(text))
    except MediaRefused:
        return
    assert not any(address in answer for address in ADDRESSES)
    assert answer.count("a=candidate") == 2 * answer.count("m=")
    assert set(re.findall(r"[^\r\n]*", answer)) - {""} == set(answer.split("\r\n")) - {
        ""
    }  # nothing breaks out of its line


@given(mutations(ANSWER))
def test_a_changed_answer_is_taken_or_refused(text: str) -> None:
    try:
        theirs = sdp.read_answer(text, ("1", "2"))
    except MediaRefused:
        return
    assert theirs.sent == ()


@given(mutations(OFFER))
def test_no_address_of_a_client_is_so_much_as_read(text: str) -> None:
    try:
        session = sdp.read(text)
    except MediaRefused:
        return
    for media in session.media:
        assert media.ice_candidates == []
        assert media.host is None
