"""Encrypted frames in a real Chromium: what is plain, or anybody else's, is never shown or heard, and without a key nothing is sent."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import Person, comes, grows
from tests.static.conftest import WATCH
from tests.static.modules import run

pytestmark = pytest.mark.journey

# A host that offers one track of each kind, and a subscriber of ours. `plain`: what the host sends is not encrypted.
ENDS = """
const { makeFrames, unsupported } = await take("media/frames.js");
const { subscribe } = await take("media/subscriber.js");
const pause = (time) => new Promise((done) => setTimeout(done, time));
const comes = async (holds) => {
  for (let waited = 0; !(await holds()); waited += 50) {
    if (waited > 20_000) throw new Error(`waited in vain: ${holds}`);
    await pause(50);
  }
};
const frames = makeFrames();
const entries = (n) => [["ana", 0], ["bo", 1]].map(([seat, index]) =>
  ({ seat, kid: (index << 8) | n, base: new Uint8Array(32).fill(2 * n + index) }));
const epoch = (n) => { frames.install(n, entries(n)); frames.send(n, 0x100 | n); };
const playing = [];
window.Audio = class extends Audio {
  constructor(...given) { super(...given); playing.push(this); }
};
const told = { pictures: [], broken: 0 };
const shown = () => [told.pictures.flatMap(Object.keys), playing.length];
const lines = [];
const watched = { ...frames, receiver: (...given) => {
  lines.push(frames.receiver(...given));
  return lines.at(-1);
} };
let host;
const subscribeTo = (parts) => subscribe(
  async ({ sdp }) => { await host.setRemoteDescription({ type: "answer", sdp }); return { ok: true }; },
  parts,
  { onPictures: (pictures) => told.pictures.push(pictures), onBlocked: () => {}, onBroken: () => { told.broken += 1; } },
);
const offer = async (tracks, plain = false) => {
  host = new RTCPeerConnection({ encodedInsertableStreams: !plain });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  for (const track of [stream.getAudioTracks()[0], stream.getVideoTracks()[0]]) {
    const transceiver = host.addTransceiver(track, { direction: "sendonly" });
    if (!plain) frames.sender(transceiver.sender, track.kind);
    const { codecs } = RTCRtpSender.getCapabilities(track.kind);
    transceiver.setCodecPreferences(codecs.filter((codec) => ["video/VP8", "audio/opus"].includes(codec.mimeType)));
  }
  await host.setLocalDescription();
  await comes(() => host.iceGatheringState === "complete");
  return { type: "offer", offer: 1, sdp: host.localDescription.sdp, tracks };
};
const of = (seat) => ({ 0: { seat, kind: "audio" }, 1: { seat, kind: "video" } });
/** Counts of both kinds together. */
const counts = async (pc, type, names) => {
  const reports = [...(await pc.getStats()).values()].filter((report) => report.type === type);
  return names.map((name) => reports.reduce((sum, report) => sum + (report[name] ?? 0), 0));
};
const came = (pc) => counts(pc, "inbound-rtp", ["packetsReceived", "framesDecoded", "totalAudioEnergy"]);
const sent = () => counts(host, "outbound-rtp", ["packetsSent", "framesEncoded"]);
const packets = (count) => async () => (await came(subscriber.pc))[0] > count;
"""
OURS = ENDS + "const subscriber = subscribeTo(watched);"


def test_both_connections_ask_for_encryption_and_their_transforms_stand_in_the_task_in_which_they_are_made(
    page: Page,
) -> None:
    script = """
      const asked = [];
      const Real = RTCPeerConnection;
      window.RTCPeerConnection = class extends Real {
        constructor(given) { super(given); asked.push(given.encodedInsertableStreams); }
      };
      const { publish } = await take("media/publisher.js");
      publish(async () => ({ refused: "not_now" }), frames, () => {}).catch(() => {});
      const senders = connections.at(-1).getSenders().map(({ transform }) => transform instanceof RTCRtpScriptTransform);
      const subscriber = subscribeTo(watched);
      const receivers = [];
      subscriber.pc.addEventListener("track", ({ receiver }) => receivers.push(receiver.transform));
      await subscriber.take(await offer(of("bo")));
      return [asked, senders, receivers.map((transform) => transform instanceof RTCRtpScriptTransform)];"""
    # The third one is the other end's.
    assert run(page, ENDS + script) == [[True] * 3, [True] * 2, [True] * 2]


def test_plain_frames_reach_the_worker_and_nothing_of_them_is_shown_or_heard(page: Page) -> None:
    script = """
      epoch(1);
      await subscriber.take(await offer(of("bo"), true));
      await comes(packets(150));
      await comes(() => lines.every(({ reached }) => reached > 10));
      const [, decoded, energy] = await came(subscriber.pc);
      return [shown(), decoded, energy, lines.map(({ opened }) => opened), told.broken];"""
    assert run(page, OURS + script) == [[[], 0], 0, 0, [0, 0], 0]


def test_where_a_browser_lets_plain_frames_past_the_worker_nothing_is_attached_and_the_line_is_given_up(
    page: Page,
) -> None:
    """As a fault of a browser would do it: a connection without our flag, and a transform that comes too late or not at all."""
    script = """
      const Real = RTCPeerConnection;
      window.RTCPeerConnection = class extends Real {
        constructor() { super(); }
      };
      epoch(1);
      const subscriber = subscribeTo({ ...watched, receiver: () => ({ reached: 0, opened: 0 }), release: () => {} });
      await subscriber.take(await offer(of("bo"), true));
      let past = 0;
      await comes(async () => {
        past = Math.max(past, (await came(subscriber.pc))[1]);
        return told.broken > 0;
      });
      return [past > 0, shown(), told.broken, subscriber.pc.connectionState];"""
    assert run(page, ENDS + script) == [True, [[], 0], 1, "closed"]


def test_a_transform_that_comes_late_leaves_plain_frames_unattached(page: Page) -> None:
    script = """
      epoch(1);
      const late = (...given) => {
        const one = { reached: 0, opened: 0 };
        setTimeout(() => Object.assign(one, frames.receiver(...given)), 200);
        return one;
      };
      const subscriber = subscribeTo({ ...watched, receiver: late, release: () => {} });
      await subscriber.take(await offer(of("bo"), true));
      await comes(packets(150));
      return shown();"""
    assert run(page, ENDS + script) == [[], 0]


def test_frames_of_another_seat_than_the_server_says_are_not_shown_as_theirs(page: Page) -> None:
    script = """
      epoch(1);
      await subscriber.take(await offer(of("ana")));
      await comes(packets(150));
      await comes(() => lines.every(({ reached }) => reached > 10));
      return [shown(), lines.map(({ opened }) => opened)];"""
    assert run(page, OURS + script) == [[[], 0], [0, 0]]


def test_a_picture_under_a_line_of_sound_is_nobodys(page: Page) -> None:
    script = """
      epoch(1);
      await subscriber.take(await offer({ 0: { seat: "bo", kind: "video" }, 1: { seat: "bo", kind: "audio" } }));
      await comes(packets(150));
      return shown();"""
    assert run(page, OURS + script) == [[], 0]


def test_a_sender_without_a_key_sends_no_packet_and_after_a_stop_none_again(page: Page) -> None:
    script = """
      const encodes = async (more) => {
        const [, before] = await sent();
        await comes(async () => (await sent())[1] > before + more);
        return (await sent())[0];
      };
      await subscriber.take(await offer(of("bo")));
      const without = await encodes(20);
      epoch(1);
      await comes(packets(50));
      const stopped = async (stop) => {
        stop();
        await pause(300);
        const [packets] = await sent();
        return (await encodes(10)) - packets;
      };
      const paused = await stopped(frames.stop);
      frames.send(1, 0x101);
      const [before] = await sent();
      await comes(async () => (await sent())[0] > before + 20);
      return [without, paused, await stopped(() => dispatchEvent(new Event("pagehide")))];"""
    assert run(page, OURS + script) == [0, 0, 0]


def test_sound_and_picture_go_on_over_a_change_of_keys_without_a_frame_lost(page: Page) -> None:
    """The empty frames apart that a browser's own padding makes at the beginning of a line."""
    script = """
      const more = async () => {
        const before = lines.map(({ opened }) => opened);
        await comes(() => lines.every(({ opened }, at) => opened > before[at] + 20));
        return lines.map(({ reached, opened }) => reached - opened);
      };
      epoch(1);
      await subscriber.take(await offer(of("bo")));
      await comes(() => lines.length === 2);
      const empty = await more();
      for (const n of [2, 3]) { epoch(n); await more(); }
      frames.stop();
      await comes(() => lines.every(({ reached, opened }, at) => reached === opened + empty[at]));
      return [empty.map((count) => count < 3), told.broken, shown()];"""
    assert run(page, OURS + script) == [[True, True], 0, [["bo"], 1]]


def test_a_receiver_that_becomes_another_seats_keeps_its_transform_and_is_shown_only_after_a_frame_of_theirs(
    page: Page,
) -> None:
    script = """
      epoch(1);
      await subscriber.take(await offer(of("bo")));
      await comes(() => shown().join() === "bo,1");
      const [{ receiver }] = subscriber.pc.getTransceivers();
      const { transform } = receiver;
      const opened = [];
      const ana = frames.receiver(receiver, "ana", "audio", () => opened.push("ana"));
      await comes(() => ana.reached > 20);
      frames.receiver(receiver, "bo", "audio", () => opened.push("bo"));
      await comes(() => opened.length);
      return [opened, ana.opened, receiver.transform === transform];"""
    assert run(page, OURS + script) == [["bo"], 0, True]


def test_a_browser_that_lacks_what_encryption_needs_is_told_apart(page: Page) -> None:
    script = """
      const found = [await unsupported()];
      const { generateKey } = SubtleCrypto.prototype;
      for (const lacking of ["X25519", "Ed25519"]) {
        SubtleCrypto.prototype.generateKey = function (name, ...rest) {
          if (name === lacking) throw new DOMException("not known", "NotSupportedError");
          return generateKey.call(this, name, ...rest);
        };
        found.push(await unsupported());
      }
      delete window.RTCRtpScriptTransform;
      return [...found, await unsupported()];"""
    assert run(page, ENDS + script) == [False, True, True, True]


def test_a_worker_that_comes_late_finds_its_keys_and_every_track(place: tuple[Browser, str]) -> None:
    browser, base = place
    person = Person(browser, "Ada")
    person.context.route("**/media/worker.js", lambda route: (time.sleep(1.5), route.continue_()))
    person.page.goto(base)
    person.page.evaluate(WATCH)
    script = """
      epoch(1);
      await subscriber.take(await offer(of("bo")));
      await comes(() => shown().join() === "bo,1");
      return shown();"""
    assert run(person.page, OURS + script) == [["bo"], 1]
    assert person.errors == []
    person.closes()


def test_a_worker_that_cannot_be_had_is_told(place: tuple[Browser, str]) -> None:
    browser, base = place
    person = Person(browser, "Ada")
    person.context.route("**/media/worker.js", lambda route: route.abort())
    person.page.goto(base)
    script = """
      const home = document.querySelector("script[src]").src.replace(/\\/[^/]*$/, "");
      const { makeFrames } = await import(`${home}/media/frames.js`);
      return new Promise((done) => makeFrames(() => done("told")));"""
    assert run(person.page, script) == "told"
    person.closes()


# The Worker of the circle's page, by which a test hands in other keys; and every sound that the page plays.
KEPT = """
window.workers = [];
window.playing = [];
window.Worker = class extends Worker {
  constructor(...given) { super(...given); workers.push(this); }
};
window.Audio = class extends Audio {
  constructor(...given) { super(...given); playing.push(this); }
};
"""
GIVE = """([seats, own]) => {
  const entries = seats.map((seat, index) => ({ seat, kid: (index << 8) | 99, base: new Uint8Array(32).fill(index + 1) }));
  workers[0].postMessage({ type: "install", n: 99, entries });
  workers[0].postMessage({ type: "send", n: 99, kid: entries[seats.indexOf(own)].kid });
}"""
ENCODED = """async () => {
  let [packets, frames] = [0, 0];
  for (const pc of window.connections) for (const one of (await pc.getStats()).values()) {
    if (one.type !== "outbound-rtp") continue;
    packets += one.packetsSent;
    frames += one.framesEncoded ?? 0;
  }
  return [packets, frames];
}"""


def sends_nothing(person: Person) -> bool:
    """Whether for a second no packet leaves, though the page goes on encoding."""
    packets, frames = person.page.evaluate(ENCODED)
    time.sleep(1)
    still, more = person.page.evaluate(ENCODED)
    return still == packets and more > frames


def stands_still(count: Callable[[], object]) -> bool:
    """Whether for a second nothing of it changes."""
    first = count()
    time.sleep(1)
    return count() == first


def test_two_pages_see_and_hear_one_another_through_the_server_with_the_same_keys_only(
    place: tuple[Browser, str],
) -> None:
    browser, base = place
    ana, bo = Person(browser, "Ana"), Person(browser, "Bo")
    for person in (ana, bo):
        person.context.add_init_script(KEPT)
    link = ana.opens_a_circle(base)
    bo.knocks(link, devices=True)
    ana.press("Let in Bo")
    for person in (ana, bo):
        person.sits_with(2)
    ana.press("Offer the stick to Bo")
    bo.press("Accept the stick")
    seats = ana.seats()
    sees, hears = (lambda: ana.counts(seats["Bo"])["frames"]), (lambda: ana.counts(seats["Bo"])["energy"])
    assert grows(sees)
    assert grows(hears)
    assert ana.page.evaluate("playing.filter((sound) => sound.srcObject).length") == 1

    # Without a key Bo's page sends nothing, however much it encodes.
    bo.page.evaluate("workers[0].postMessage({ type: 'stop' })")
    assert comes(lambda: sends_nothing(bo))
    # What was under way before is played to its end.
    assert comes(lambda: stands_still(lambda: (sees(), hears())))
    # With one for Bo alone, Ana's page has packets, and shows and plays nothing.
    before = (sees(), hears())
    bo.page.evaluate(GIVE, [list(seats.values()), seats["Bo"]])
    assert grows(lambda: ana.counts(seats["Bo"])["packets"])
    assert (sees(), hears()) == before
    # With the same keys, Ana sees and hears Bo.
    ana.page.evaluate(GIVE, [list(seats.values()), seats["Ana"]])
    assert grows(sees)
    assert grows(hears)
    assert [*ana.errors, *bo.errors] == []
    ana.closes()
    bo.closes()
