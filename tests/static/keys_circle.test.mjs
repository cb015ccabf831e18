// Circles of several pages in simulated time: who comes, who goes, who is lost and comes back, and who holds which keys then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCircle } from "./keysim.mjs";

const names = (page) => page.keys.state.roster.map(({ name }) => name);

test("who opens a circle begins its keys at once, and shows a door key", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  assert.equal(fay.keys.epoch, 1);
  assert.deepEqual(names(fay), ["Fay"]);
  assert.equal(fay.keys.state.roster[0].powers, 1);
  assert.ok(circle.seatOf(fay.id).door_key);
  assert.equal(fay.keys.state.warning, null);
});

test("who is let in by a press has the circle's keys within a second and a half, and everybody's names", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.knock("Ada", "It is my first time");
  const read = await fay.keys.openKnock(circle.knockOf(ada));
  assert.deepEqual([read.name, read.note], ["Ada", "It is my first time"]);
  const name = await fay.keys.letIn(circle.knockOf(ada));
  assert.equal(await fay.keys.openRoom(name, "name"), "Ada");
  circle.seatThem(ada);
  await circle.run(1.5);
  assert.ok(await circle.agree(fay, ada));
  assert.deepEqual(names(ada), ["Fay", "Ada"]);
  assert.deepEqual(fay.media.sends, { n: 2, kid: 2 });
  assert.deepEqual(ada.media.sends, { n: 2, kid: 256 + 2 });
});

test("who is let in right after others waits no longer, though commits arrive before their answers", async () => {
  const circle = await makeCircle({ prompt: true });
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.knock("Ada"), await circle.knock("Bo")];
  for (const one of [ada, bo]) {
    await fay.keys.letIn(circle.knockOf(one));
    circle.seatThem(one);
    await circle.run(1.5);
    assert.ok(await circle.agree(fay, one));
  }
});

test("whoever sits here and has lost the proof of it is still called by the name that their tab keeps", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  ada.memory.resume = "";
  ada.memory.name = "Ada";
  const again = await circle.reload(ada);
  await circle.run(8);
  assert.deepEqual(fay.keys.state.introduced, [{ seat: again.id, name: "Ada" }]);
  await fay.keys.vouch(again.id);
  await circle.run(2);
  assert.ok(await circle.agree(fay, again));
});

test("who comes later opens nothing that was sent before, and who left nothing that is sent after", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  const before = await ada.keys.sealOwn("only for Fay", "writing", ada.id);
  const bo = await circle.member("Bo", fay);
  assert.equal(await fay.keys.openOwn(ada.id, before, "writing", ada.id), "only for Fay");
  assert.equal(await bo.keys.openOwn(ada.id, before, "writing", ada.id), null);
  await circle.gone(ada);
  await circle.run(2);
  const after = await fay.keys.sealOwn("without Ada", "writing", fay.id);
  assert.equal(await bo.keys.openOwn(fay.id, after, "writing", fay.id), "without Ada");
  assert.equal(await ada.keys.openOwn(fay.id, after, "writing", fay.id), null);
  assert.ok(!(await circle.agree(ada, fay)));
  assert.ok(await circle.agree(bo, fay));
});

test("a removal is committed at once, sent under within half a second, and said in the log of all", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  const n = bo.keys.epoch;
  await circle.gone(ada);
  await circle.run(0.5);
  assert.equal(bo.media.sends.n, n + 1);
  for (const page of [fay, bo]) {
    const { what, name, seat } = page.keys.state.passages.at(-1);
    assert.deepEqual([what, name, seat], ["went", "Ada", ada.id]);
  }
});

test("in a bigger circle all hold the same keys after every coming and going, whoever commits", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const all = [fay];
  for (const name of ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"]) all.push(await circle.member(name, fay));
  assert.ok(await circle.agree(...all));
  for (const leaver of [all[2], all[5]]) {
    await circle.gone(leaver);
    await circle.run(2);
    all.splice(all.indexOf(leaver), 1);
    assert.ok(await circle.agree(...all));
    assert.ok(!(await circle.agree(leaver, fay)));
  }
  const late = await circle.member("Gil", fay);
  assert.ok(await circle.agree(...all, late));
  assert.deepEqual(names(late).sort(), ["Ada", "Cy", "Di", "Fay", "Flo", "Gil"]);
  const indexes = fay.keys.state.roster.map(({ index }) => index);
  assert.equal(new Set(indexes).size, indexes.length);
});

test("two who are let in at the same time on two pages both come in: the loser builds again on the winner", async () => {
  const circle = await makeCircle();
  const [fay, gus] = [await circle.facilitator("Fay"), await circle.facilitator("Gus")];
  assert.ok(await circle.agree(fay, gus));
  const [ada, bo] = [await circle.knock("Ada"), await circle.knock("Bo")];
  await fay.keys.letIn(circle.knockOf(ada));
  await gus.keys.letIn(circle.knockOf(bo));
  circle.state.knocks = [];
  for (const one of [ada, bo])
    circle.state.seats.push({
      id: one.id,
      role: "member",
      present: true,
      duties: [],
      keys: null,
      name: null,
      boxes: null,
    });
  circle.show();
  await circle.run(4);
  assert.ok(circle.refusals.includes("stale"));
  assert.ok(await circle.agree(fay, gus, ada, bo));
});

test("a second facilitator is taken in by any page, without a press, and named a moment later", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  await circle.drop(fay);
  const gus = await circle.facilitator("Gus");
  await circle.run(4);
  assert.ok(await circle.agree(ada, gus));
  assert.ok(names(ada).includes("Gus"));
  assert.equal(gus.keys.state.roster.find(({ seat }) => seat === gus.id).powers, 1);
});

test("who drops keeps the place in the keys for fifteen seconds, and is let back in without a press", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  const n = fay.keys.epoch;
  await circle.drop(ada);
  await circle.run(10);
  assert.equal(fay.keys.epoch, n);
  await circle.run(8);
  assert.equal(fay.keys.epoch, n + 1);
  assert.deepEqual(names(fay), ["Fay", "Bo"]);
  await circle.back(ada);
  await circle.run(5);
  assert.ok(await circle.agree(fay, ada, bo));
  assert.ok(names(ada).includes("Ada"));
});

test("who was gone for a moment takes what was missed, one commit after the other", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  await circle.drop(ada);
  await circle.member("Cy", fay);
  await circle.gone(bo);
  await circle.run(2);
  await circle.back(ada);
  await circle.run(3);
  assert.ok(await circle.agree(fay, ada));
});

test("after a reload one comes back by what the tab kept, with new keys, at the same place and name", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  const kept = JSON.parse(ada.memory.resume);
  assert.deepEqual(Object.keys(kept).sort(), ["beside", "m", "name", "resume", "seat"]);
  const again = await circle.reload(ada);
  await circle.run(5);
  assert.ok(await circle.agree(fay, again));
  assert.ok(names(fay).includes("Ada"));
  assert.deepEqual(
    fay.keys.state.passages.map(({ what, name }) => `${what} ${name}`),
    ["came Ada", "back Ada"],
  );
  assert.deepEqual(again.keys.state.passages, []);
});

test("whoever facilitates and comes back by the seed is said to have come back, to all but themselves", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  const again = await circle.reload(fay);
  await circle.run(5);
  assert.ok(await circle.agree(ada, again));
  const { what, name, seat } = ada.keys.state.passages.at(-1);
  assert.deepEqual([what, name, seat], ["back", "Fay", fay.id]);
  assert.deepEqual(again.keys.state.passages, []);
});

test("who reloads where no facilitator is comes back, though nobody with a certificate can say so", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  await circle.drop(fay);
  await circle.run(17);
  assert.deepEqual(names(bo), ["Ada", "Bo"]);
  const again = await circle.reload(ada);
  await circle.run(6);
  assert.ok(await circle.agree(bo, again));
});

for (const [how, misses] of [
  ["has seen the keys that were shown, and lost the commit that took them", false],
  ["was away while somebody got other keys", true],
]) {
  test(`where nobody has a certificate, who ${how}, comes to hold the same keys by itself`, async () => {
    const lies = {};
    const circle = await makeCircle(lies);
    const fay = await circle.facilitator("Fay");
    const [ada, bo, cy] = [
      await circle.member("Ada", fay),
      await circle.member("Bo", fay),
      await circle.member("Cy", fay),
    ];
    await circle.drop(fay);
    await circle.run(17);
    if (misses) await circle.drop(cy);
    else lies.out = (page, event, data) => (page.name === "Cy" && event === "keys" ? [] : data);
    const again = await circle.reload(ada);
    await circle.run(1);
    if (misses) await circle.back(cy);
    await circle.run(4);
    assert.ok(await circle.agree(bo, again));
    if (!misses) assert.ok(await circle.agree(bo, cy), "it sees no reason to begin anew");
    lies.out = undefined;
    await circle.run(15);
    assert.ok(await circle.agree(bo, again, cy));
  });
}

test("without facilitators a circle only shrinks: nobody new comes in until one is back", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo, cy] = [
    await circle.member("Ada", fay),
    await circle.member("Bo", fay),
    await circle.member("Cy", fay),
  ];
  const di = await circle.knock("Di");
  await circle.gone(fay);
  await circle.run(4);
  assert.deepEqual(names(ada), ["Ada", "Bo", "Cy"]);
  circle.seatThem(di);
  await circle.gone(cy);
  await circle.run(12);
  assert.ok(await circle.agree(ada, bo));
  assert.deepEqual(names(ada), ["Ada", "Bo"]);
  assert.equal(di.keys.epoch, 0);
  assert.equal(di.keys.state.warning, "no_key");
  const again = await circle.facilitator("Fay");
  await circle.run(8);
  assert.ok(await circle.agree(ada, bo, again));
  assert.equal(di.keys.epoch, 0);
  assert.deepEqual(again.keys.state.introduced, [{ seat: di.id, name: "Di" }]);
  assert.equal(await again.keys.vouch(di.id), true);
  await circle.run(4);
  assert.ok(await circle.agree(ada, bo, again, di));
});

test("where everybody's keys are gone the facilitator begins again, and asks for each of the others", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  const n = fay.keys.epoch;
  const [fayAgain, adaAgain] = [await circle.reload(fay), await circle.reload(ada)];
  await circle.run(20);
  assert.ok(fayAgain.keys.epoch > n);
  assert.deepEqual(fayAgain.keys.state.introduced, [{ seat: ada.id, name: "Ada" }]);
  await fayAgain.keys.vouch(ada.id);
  await circle.run(4);
  assert.ok(await circle.agree(fayAgain, adaAgain));
});

test("the facilitator's press is remembered when the seat comes late, and asked again where that page is gone", async () => {
  const circle = await makeCircle();
  const [fay, gus] = [await circle.facilitator("Fay"), await circle.facilitator("Gus")];
  const [ada, bo] = [await circle.knock("Ada"), await circle.knock("Bo")];
  await fay.keys.letIn(circle.knockOf(ada));
  await circle.run(60);
  circle.seatThem(ada);
  await circle.run(2);
  assert.ok(await circle.agree(fay, gus, ada));
  await fay.keys.letIn(circle.knockOf(bo));
  await circle.drop(fay);
  circle.seatThem(bo);
  await circle.run(5);
  assert.equal(bo.keys.epoch, 0);
  assert.deepEqual(gus.keys.state.introduced, [{ seat: bo.id, name: "Bo" }]);
  await gus.keys.vouch(bo.id);
  await circle.run(3);
  assert.ok(await circle.agree(gus, ada, bo));
});

test("the successor and who keeps the door get their certificates, and lose them again", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  const powers = (page, one) => page.keys.state.roster.find(({ seat }) => seat === one.id).powers;
  circle.state.successor = ada.id;
  circle.seatOf(bo.id).duties = ["door"];
  circle.show();
  await circle.run(3);
  assert.deepEqual([powers(ada, ada), powers(ada, bo)], [2, 4]);
  assert.ok(circle.seatOf(bo.id).door_key);
  const cy = await circle.member("Cy", bo);
  assert.ok(await circle.agree(fay, ada, bo, cy));
  circle.state.successor = null;
  circle.seatOf(bo.id).duties = [];
  circle.show();
  await circle.run(3);
  assert.deepEqual([powers(cy, ada), powers(cy, bo)], [0, 0]);
});

test("who keeps the door goes on keeping it beyond the two hours of a certificate, as long as somebody is there who renews it", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  circle.seatOf(ada.id).duties = ["door"];
  circle.show();
  await circle.run(3);
  for (let hour = 0; hour < 3; hour += 1) {
    circle.time.sleep(3601);
    await circle.run(5);
  }
  const cy = await circle.member("Cy", ada);
  assert.ok(await circle.agree(fay, ada, cy));
  await circle.drop(fay);
  await circle.run(20);
  circle.time.sleep(2 * 3600 + 60);
  await circle.run(5);
  assert.deepEqual(
    ada.keys.state.roster.map(({ powers }) => powers),
    [0, 0],
  );
  assert.ok(await circle.agree(ada, cy));
});

test("the successor lets people in when the facilitator is gone", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  circle.state.successor = ada.id;
  circle.seatOf(ada.id).duties = ["door"];
  circle.show();
  await circle.run(3);
  await circle.drop(fay);
  const bo = await circle.member("Bo", ada);
  assert.ok(await circle.agree(ada, bo));
  await circle.run(20);
  assert.deepEqual(names(bo), ["Ada", "Bo"]);
});

test("every ten minutes there are new keys, by one commit", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  const n = fay.keys.epoch;
  await circle.run(590);
  assert.equal(fay.keys.epoch, n);
  await circle.run(20);
  assert.equal(fay.keys.epoch, n + 1);
  assert.ok(await circle.agree(fay, ada));
});

test("who listens only is on the roster as such, and gets the keys too", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ola = await circle.member("Ola", fay, "observer");
  assert.ok(await circle.agree(fay, ola));
  assert.equal(fay.keys.state.roster[1].listens, true);
  circle.seatOf(ola.id).role = "member";
  circle.show();
  await circle.run(2);
  assert.equal(ola.keys.state.roster[1].listens, false);
});

test("who waits seals to a keeper who comes later, with the same secret", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.knock("Ada", "hello");
  const gus = await circle.facilitator("Gus");
  await circle.run(4);
  assert.equal((await gus.keys.openKnock(circle.knockOf(ada))).note, "hello");
  const question = await gus.keys.ask(circle.knockOf(ada), "Who are you?");
  assert.equal(await ada.keys.openDoorstep(question, "question"), "Who are you?");
  const knock = { ...circle.knockOf(ada), question, answer: await ada.keys.answer("A friend") };
  assert.equal((await fay.keys.openKnock(knock)).answer, "A friend");
});

test("a fresh link lets in who has it, and a knock by the old one opens nowhere", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const old = await circle.knock("Ada");
  const fresh = await fay.keys.freshLink();
  const agreements = await fresh.sealDoor("Be kind.", "agreements");
  circle.state.link = fresh.counter;
  circle.show();
  await circle.run(3);
  assert.equal((await fay.keys.openKnock(circle.knockOf(old))).name, null);
  const bo = await circle.knock("Bo");
  assert.equal(await bo.keys.openDoor(agreements, "agreements"), "Be kind.");
  await fay.keys.letIn(circle.knockOf(bo));
  circle.seatThem(bo);
  await circle.run(2);
  assert.ok(await circle.agree(fay, bo));
  assert.deepEqual(bo.keys.state.link.secret, fresh.link.secret);
  assert.equal(await bo.keys.openDoor(await fay.keys.sealDoor("Gently.", "agreements"), "agreements"), "Gently.");
});

test("the facilitators' link is handed to one seat, who then leads with it", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  const box = await fay.keys.handLead(ada.id);
  assert.equal(await ada.keys.handLead(bo.id), null);
  assert.equal(await bo.keys.openLead(box), null);
  assert.deepEqual((await ada.keys.openLead(box)).seed, circle.link.seed);
  circle.seatOf(ada.id).role = "facilitator";
  circle.show();
  await circle.run(3);
  assert.equal(bo.keys.state.roster.find(({ seat }) => seat === ada.id).powers, 1);
  await circle.gone(fay);
  await circle.run(3);
  const cy = await circle.member("Cy", ada);
  assert.ok(await circle.agree(ada, bo, cy));
});

test("the end wipes everything", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const sealed = await fay.keys.sealOwn("mine", "writing", fay.id);
  fay.keys.wipe();
  assert.equal(fay.media.wiped, true);
  assert.equal(fay.keys.epoch, 0);
  assert.equal(await fay.keys.openOwn(fay.id, sealed, "writing", fay.id), null);
  assert.equal(await fay.keys.sealOwn("mine", "writing", fay.id), null);
});

test("a name that is too long for all of them is cut once, and makes nobody commit again", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("ő̈".repeat(40));
  const ada = await circle.member("a̐éö̲".repeat(20), fay);
  const n = fay.keys.epoch;
  await circle.run(20);
  assert.equal(fay.keys.epoch, n);
  assert.deepEqual(names(ada), names(fay));
  assert.ok(names(ada).every((name) => Buffer.from(name).length <= 192));
});

test("what comes after the end brings no keys back", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  const [commit] = circle.state.commits.slice(-1);
  ada.keys.wipe();
  const installed = ada.media.installed.length;
  await ada.keys.take({ ...commit, wraps: undefined, wrap: commit.wraps[ada.id] });
  circle.show();
  await circle.run(3);
  assert.equal(ada.keys.epoch, 0);
  assert.equal(ada.media.installed.length, installed);
});

/** A page that is wiped while it takes a commit: when it has begun, and when frames have their keys. */
for (const [when, wipe] of [
  ["when it has begun to look", async (page) => page.keys.wipe()],
  [
    "when frames have been told",
    async (page) => {
      page.media.installed.push = () => page.keys.wipe();
    },
  ],
]) {
  test(`a page that is wiped while it takes new keys, ${when}, keeps nothing of them, nor the proof of having sat here`, async () => {
    const circle = await makeCircle();
    const fay = await circle.facilitator("Fay");
    const ada = await circle.member("Ada", fay);
    const kept = ada.memory.resume;
    const cy = await circle.knock("Cy");
    ada.online = false;
    await fay.keys.letIn(circle.knockOf(cy));
    circle.seatThem(cy);
    await circle.run(2);
    const [{ wraps, ...commit }] = circle.state.commits.slice(-1);
    const before = ada.media.installed.length;
    const taking = ada.keys.take({ ...commit, wrap: wraps[ada.id] });
    await Promise.resolve();
    await wipe(ada);
    await taking;
    await ada.keys.idle();
    assert.equal(ada.memory.resume, kept);
    assert.equal(ada.media.installed.length, before);
    assert.equal(ada.media.sends, null);
    assert.equal(ada.keys.epoch, 0);
    await assert.rejects(ada.keys.exporter("x", "", 16), /no epoch/);
  });
}

test("who keeps the door shows the key again after introducing themselves again", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const gus = await circle.facilitator("Gus");
  await circle.run(3);
  await circle.drop(gus);
  await circle.run(17);
  await circle.back(gus);
  await circle.run(6);
  assert.ok(await circle.agree(fay, gus));
  assert.ok(circle.seatOf(gus.id).door_key);
});

test("keys are there to receive by before anybody sends under them, and without a word of the server one sends after 1.2 s", async () => {
  const circle = await makeCircle({
    out: (_page, event, data) => (event === "keys" && data.type === "switch" ? [] : data),
  });
  const fay = await circle.facilitator("Fay");
  const ada = await circle.knock("Ada");
  await fay.keys.letIn(circle.knockOf(ada));
  circle.seatThem(ada);
  await circle.run(1.1);
  for (const { media } of [fay, ada]) assert.equal(media.installed.at(-1).n, 2);
  assert.equal(fay.media.sends.n, 1);
  assert.equal(ada.media.sends, null);
  await circle.run(0.2);
  assert.deepEqual([fay.media.sends.n, ada.media.sends.n], [2, 2]);
});

test("who was left out is left out within a second, also where no word to switch comes and somebody else comes right after", async () => {
  const circle = await makeCircle({
    out: (_page, event, data) => (event === "keys" && data.type === "switch" ? [] : data),
  });
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  await circle.run(2);
  const last = bo.keys.epoch;
  await circle.gone(bo);
  await circle.run(0.4);
  assert.equal(ada.media.sends.n, last);
  const cy = await circle.knock("Cy");
  await fay.keys.letIn(circle.knockOf(cy));
  circle.seatThem(cy);
  await circle.run(0.4);
  for (const { media } of [fay, ada]) assert.ok(media.sends.n > last);
});

test("frames get the same keys on every page: one for each who sits, another in each epoch", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.member("Ada", fay);
  await circle.member("Bo", fay);
  assert.deepEqual(fay.media.installed.at(-1), ada.media.installed.at(-1));
  const all = fay.media.installed.flatMap(({ entries }) => entries);
  assert.equal(new Set(all.map(({ base }) => base.join())).size, all.length);
  assert.equal(new Set(all.map(({ kid }) => kid)).size, all.length);
});
