"""The incoming connection in a real Chromium, with a real connection as its other end: who is seen, heard, and gone."""

import pytest
from playwright.sync_api import Page

from tests.static.modules import run

pytestmark = pytest.mark.journey

# The other end offers, as the server does: a first line that stays, VP8 and Opus alone, and the seat behind each track. What comes is
# Bo's, encrypted.
OTHER = """
const { subscribe } = await take("media/subscriber.js");
const frames = (await take("media/frames.js")).makeFrames();
frames.install(1, [{ seat: "bo", kid: 1, base: new Uint8Array(32).fill(7) }]);
frames.send(1, 1);
window.playing = [];
window.Audio = class extends Audio {
  constructor(...given) { super(...given); playing.push(this); }
};
window.told = { pictures: [], blocked: 0, broken: 0 };
window.sent = [];
let offers = 0;
window.host = new RTCPeerConnection({ encodedInsertableStreams: true });
window.subscriber = subscribe(
  async (message) => {
    sent.push(message);
    // A browser cannot read a reduced answer about ended tracks; the server can.
    if (message.offer === offers && !window.ended) await host.setRemoteDescription({ type: "answer", sdp: message.sdp });
    return { ok: true };
  },
  frames,
  {
    onPictures: (pictures) => told.pictures.push(Object.keys(pictures).sort()),
    onBlocked: () => { told.blocked += 1; },
    onBroken: () => { told.broken += 1; },
  },
);
window.offer = async (tracks) => {
  offers += 1;
  await host.setLocalDescription();
  if (host.iceGatheringState !== "complete") {
    await new Promise((done) => host.addEventListener("icegatheringstatechange",
      () => host.iceGatheringState === "complete" && done()));
  }
  return { type: "offer", offer: offers, sdp: host.localDescription.sdp, tracks };
};
host.addTransceiver("audio", { direction: "inactive" });
const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
for (const track of [stream.getAudioTracks()[0], stream.getVideoTracks()[0]]) {
  const { codecs } = RTCRtpSender.getCapabilities(track.kind);
  const plain = codecs.filter(({ mimeType }) => ["video/VP8", "audio/opus"].includes(mimeType));
  const transceiver = host.addTransceiver(track, { direction: "sendonly" });
  frames.sender(transceiver.sender, track.kind);
  transceiver.setCodecPreferences(plain);
}
const BO = { 1: { seat: "bo", kind: "audio" }, 2: { seat: "bo", kind: "video" } };
window.comes = async (holds) => {
  for (let waited = 0; !(await holds()); waited += 50) {
    if (waited > 20_000) throw new Error(`waited in vain: ${holds}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};
window.heard = async () => ((await subscriber.sounding()).bo?.frames ?? 0) > 20;
window.seen = () => told.pictures.at(-1)?.join() === "bo";
"""


def test_a_seat_is_seen_and_heard_under_its_own_name(page: Page) -> None:
    script = """
      await subscriber.take(await offer(BO));
      await comes(seen);
      await comes(heard);
      return [told, Object.keys(await subscriber.sounding()), playing.map((sound) => Boolean(sound.srcObject))];"""
    told = {"pictures": [[], ["bo"]], "blocked": 0, "broken": 0}
    assert run(page, OTHER + script) == [told, ["bo"], [True]]


def test_an_answer_holds_no_address_and_sends_nothing_back(page: Page) -> None:
    [sent] = run(page, OTHER + "await subscriber.take(await offer(BO)); return sent;")
    assert (sent["type"], sent["offer"]) == ("answer", 1)
    assert sent["sdp"].count("a=recvonly") == 2
    assert all(word not in sent["sdp"] for word in ("candidate", "\nc=", "sendrecv", "a=sendonly"))


def test_offers_are_answered_one_at_a_time_in_their_order(page: Page) -> None:
    script = """
      const both = [await offer(BO), await offer(BO)];
      await Promise.all(both.map(subscriber.take));
      return [sent.map((one) => one.offer), told.broken, host.signalingState];"""
    assert run(page, OTHER + script) == [[1, 2], 0, "stable"]


def test_who_has_gone_is_seen_and_heard_no_more(page: Page) -> None:
    script = """
      await subscriber.take(await offer(BO));
      await comes(seen);
      await comes(heard);
      for (const transceiver of host.getTransceivers().slice(1)) transceiver.stop();
      window.ended = true;
      await subscriber.take(await offer({}));
      return [told.pictures, Object.keys(await subscriber.sounding()), playing.map((sound) => sound.srcObject)];"""
    assert run(page, OTHER + script) == [[[], ["bo"], []], [], [None]]


def test_a_track_that_the_server_names_nobody_for_is_neither_seen_nor_heard(page: Page) -> None:
    script = """
      await subscriber.take(await offer({ 1: BO[1] }));
      await comes(heard);
      return [told.pictures, playing.length];"""
    assert run(page, OTHER + script) == [[[]], 1]


def test_an_offer_that_makes_no_sense_breaks_the_connection_and_not_the_page(page: Page) -> None:
    script = 'await subscriber.take({ offer: 1, sdp: "nonsense", tracks: {} }); return [told.broken, sent.length];'
    assert run(page, OTHER + script) == [1, 0]


def test_a_closed_connection_shows_nobody_and_is_closed(page: Page) -> None:
    script = """
      await subscriber.take(await offer(BO));
      await comes(seen);
      await comes(heard);
      subscriber.close();
      return [told.pictures.at(-1), subscriber.pc.connectionState, playing.map((sound) => sound.srcObject)];"""
    assert run(page, OTHER + script) == [[], "closed", [None]]
