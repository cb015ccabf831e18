"""Devices and the outgoing connection, in a real Chromium with fake devices: no light stays on that nobody wants."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import Person
from tests.static.modules import run

pytestmark = pytest.mark.journey

# The other end of an outgoing connection: a real one, in the same page.
ANSWER = """
window.other = new RTCPeerConnection();
window.answer = async ({ sdp }) => {
  await other.setRemoteDescription({ type: "offer", sdp });
  await other.setLocalDescription();
  return { ok: true, sdp: other.localDescription.sdp };
};
"""


DEVICES = 'const devices = (await take("media/devices.js")).makeDevices(() => {});'


def test_the_first_press_asks_for_both_in_one_prompt_and_keeps_only_what_was_pressed(page: Page) -> None:
    script = DEVICES + 'const trouble = await devices.open("microphone"); return [trouble, asked, lit()];'
    assert run(page, script) == [None, ["audio video"], ["audio"]]


def test_the_second_device_is_asked_for_alone(page: Page) -> None:
    script = DEVICES + 'await devices.open("camera"); await devices.open("microphone"); return [asked, lit()];'
    assert run(page, script) == [["audio video", "audio"], ["audio", "video"]]


def test_two_quick_presses_leave_one_light_on_and_it_goes_out(page: Page) -> None:
    script = """
      await Promise.all([devices.open("camera"), devices.open("camera")]);
      const on = lit();
      devices.stop("camera");
      return [on, lit()];"""
    assert run(page, DEVICES + script) == [["video"], []]


def test_a_device_that_is_switched_off_while_the_browser_asks_stays_off(page: Page) -> None:
    script = 'const opening = devices.open("camera"); devices.stopAll(); await opening; return [lit(), devices.tracks];'
    assert run(page, DEVICES + script) == [[], {"microphone": None, "camera": None}]


def test_the_old_track_ends_before_another_device_of_its_kind_is_opened(page: Page) -> None:
    script = """
      await devices.open("microphone");
      const before = devices.tracks.microphone;
      const opening = devices.open("microphone");
      const ended = before.readyState;
      await opening;
      return [ended, lit()];"""
    assert run(page, DEVICES + script) == ["ended", ["audio"]]


def test_the_device_that_was_chosen_from_the_list_is_the_one_that_is_opened(page: Page) -> None:
    script = """
      const { microphones } = await devices.list();
      const opened = [];
      for (const { id } of microphones) {
        devices.choose("microphone", id);
        await devices.open("microphone");
        opened.push(devices.tracks.microphone.getSettings().deviceId);
      }
      return [microphones, opened, (await devices.list()).microphone];"""
    microphones, opened, chosen = run(page, DEVICES + script)
    assert len(microphones) > 1
    assert all(one["label"] for one in microphones)
    assert [one["id"] for one in microphones] == opened
    assert chosen == opened[-1]


def test_when_the_chosen_device_is_gone_another_one_is_opened_and_named(page: Page) -> None:
    script = """
      devices.choose("microphone", "unplugged");
      const trouble = await devices.open("microphone");
      const { microphone, microphones } = await devices.list();
      return [trouble, lit(), microphones.some(({ id }) => id === microphone)];"""
    assert run(page, DEVICES + script) == [None, ["audio"], True]


def test_the_meter_moves_while_it_runs(page: Page) -> None:
    script = """
      const { measure } = await take("media/levels.js");
      await devices.open("microphone");
      let looks = 0;
      return new Promise((done) => {
        const stop = measure(devices.tracks.microphone, (level) => {
          looks += 1;
          if (level === 0 && looks < 80) return;
          stop();
          done(level);
        });
      });"""
    assert 0 < run(page, DEVICES + script) <= 1


PUBLISH = (
    ANSWER
    + """
const { publish } = await take("media/publisher.js");
const frames = (await take("media/frames.js")).makeFrames();
"""
)


def test_without_the_stick_nothing_is_on_the_senders_and_what_is_offered_holds_no_address(page: Page) -> None:
    script = """
      let offered;
      const publisher = await publish((message) => { offered = message; return answer(message); }, frames, () => {});
      return [offered.type, offered.sdp, publisher.pc.getSenders().map((sender) => sender.track)];"""
    kind, sdp, tracks = run(page, PUBLISH + script)
    assert (kind, tracks) == ("publish", [None, None])
    assert "m=audio" in sdp
    assert "m=video" in sdp
    assert all(word not in sdp for word in ("candidate", "\nc=", "a=recvonly", "a=sendrecv", "msid"))


def test_the_picture_is_sharp_for_the_holder_and_small_for_all_others_and_the_last_word_counts(page: Page) -> None:
    script = """
      const publisher = await publish(answer, frames, () => {});
      const size = () => publisher.pc.getSenders()[1].getParameters().encodings[0].scaleResolutionDownBy;
      const sizes = [size()];
      for (const changes of [[true], [false], [true, false, true], [true, false]]) {
        for (const on of changes) publisher.focus(on);
        await publisher.fill(null, null);
        sizes.push(size());
      }
      return sizes;"""
    assert run(page, PUBLISH + script) == [4, 1, 4, 1, 4]


def test_a_microphone_that_is_taken_off_while_it_is_being_put_on_is_off(page: Page) -> None:
    script = """
      await devices.open("microphone");
      const publisher = await publish(answer, frames, () => {});
      const put = publisher.fill(devices.tracks.microphone, null);
      await Promise.all([put, publisher.fill(null, null)]);
      const [sender] = publisher.pc.getSenders();
      const off = sender.track;
      await publisher.fill(devices.tracks.microphone, null);
      return [off, sender.track.kind];"""
    assert run(page, DEVICES + PUBLISH + script) == [None, "audio"]


def test_a_refused_connection_is_closed_and_said(page: Page) -> None:
    script = """
      const before = connections.length;
      const refused = await publish(async () => ({ refused: "not_now" }), frames, () => {}).catch((error) => error.message);
      return [refused, connections.slice(before).map((pc) => pc.connectionState)];"""
    assert run(page, PUBLISH + script) == ["refused", ["closed"]]


def test_an_answer_that_makes_no_sense_leaves_no_connection_behind(page: Page) -> None:
    script = """
      const before = connections.length;
      const failed = await publish(async () => ({ ok: true, sdp: "nonsense" }), frames, () => {}).then(() => false, () => true);
      return [failed, connections.slice(before).map((pc) => pc.connectionState)];"""
    assert run(page, PUBLISH + script) == [True, ["closed"]]


def test_the_switches_at_the_door_switch_and_do_not_knock(place: tuple[Browser, str]) -> None:
    browser, base = place
    host, guest = Person(browser, "Ada"), Person(browser, "Bo")
    guest.page.goto(host.opens_a_circle(base))
    for device in ("Microphone", "Camera"):
        guest.switches_on(device)
        guest.sees("Knock")
    guest.press("Microphone")
    expect(guest.page.get_by_role("button", name="Microphone", exact=True)).to_have_attribute("aria-pressed", "false")
    guest.press("Knock")
    guest.reads("You have knocked")
    assert [*host.errors, *guest.errors] == []
    host.closes()
    guest.closes()
