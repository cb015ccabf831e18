// A server that lies: it swaps, repeats, withholds, reorders and alters what it carries. Refused, or said within its bound; and it never holds a key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, joined, random, sealUnder, u32, unb64 } from "../../static/js/keys/bytes.js";
import { buildCommit } from "../../static/js/keys/commit.js";
import { unvouched } from "../../static/js/keys/introductions.js";
import { makeOwn, midOf } from "../../static/js/keys/members.js";
import { NONE_BEFORE, readRoster, rosterBytes } from "../../static/js/keys/roster.js";
import { belonging, pad } from "../../static/js/keys/words.js";
import { makeCircle } from "./keysim.mjs";

const warning = (page) => page.keys.state.warning;
const awayIs = (page) => (seat) => (seat.id === page.id ? { ...seat, present: false } : seat);
const flip = (text, place = 20) => {
  const bytes = unb64(text);
  bytes[place % bytes.length] ^= 1;
  return b64(bytes);
};

/** Fay, who facilitates, with Ada and Bo; lies begin once they sit together. */
async function threeWith(lies) {
  let lying = false;
  const when = (lie) => lie && ((page, event, data, state) => (lying ? lie(page, event, data, state) : data));
  const fetch = lies.fetch && ((page, commits, state) => (lying ? lies.fetch(page, commits, state) : commits));
  const circle = await makeCircle({ out: when(lies.out), in: when(lies.in), fetch });
  const fay = await circle.facilitator("Fay");
  const [ada, bo] = [await circle.member("Ada", fay), await circle.member("Bo", fay)];
  return {
    circle,
    fay,
    ada,
    bo,
    begin(on = true) {
      lying = on;
    },
  };
}

/** Keys of the server's own, and a commit of its own making with them. */
async function forged(circle, { by, n = circle.state.epoch + 1, prev = NONE_BEFORE, sits = [], link = random(32) }) {
  const ghost = by ?? { ...(await makeOwn()), seat: b64(random(8)) };
  const all = [ghost, ...sits];
  const entries = all.map(({ seat, mk, ms, mid }, index) => ({
    seat,
    mk,
    ms,
    mid,
    index: index + 100,
    role: 1,
    certificate: null,
  }));
  const roster = { version: 1, rid: circle.link.rid, n, prev, by: ghost.mid, entries };
  const block = { counter: 1, link: b64(link), rooms: [{ id: 0, key: b64(random(32)) }], names: new Map() };
  return buildCommit(roster, block, ghost);
}

/** Whether these keys were ever on a roster of the circle. */
const wasOn = async (circle, mk) => {
  const rosters = await Promise.all(circle.state.commits.map(({ roster }) => readRoster(unb64(roster))));
  return rosters.some(({ entries }) => entries.some((entry) => entry.mk === mk));
};

/** Somebody's keys, as their introduction shows them. */
const shownKeys = async (seat, keys) => {
  const [mk, ms] = [b64(unb64(keys).slice(0, 32)), b64(unb64(keys).slice(32, 64))];
  return { seat, mk, ms, mid: await midOf(mk, ms) };
};

const FIELDS = ["roster", "confirm", "signature", "block", "wrap"];
for (const field of FIELDS) {
  for (const [how, alter] of [
    ["altered", (text) => text && flip(text)],
    ["cut short", (text) => text?.slice(0, -4)],
    ["made something else", () => ({ length: 80 })],
  ]) {
    test(`where the ${field} that reaches one page is ${how}, it takes nothing of it, and comes back to the others by itself`, async () => {
      let once = true;
      const { circle, fay, ada, bo, begin } = await threeWith({
        out(page, _event, data) {
          if (!once || page.name !== "Ada" || data.type !== "commit") return data;
          once = false;
          return { ...data, [field]: alter(data[field]) };
        },
      });
      const before = await circle.secretOf(ada);
      begin();
      const cy = await circle.knock("Cy");
      await fay.keys.letIn(circle.knockOf(cy));
      circle.seatThem(cy);
      await circle.settle();
      assert.ok(await circle.agree(fay, bo, cy));
      const [own] = [await circle.secretOf(ada)];
      assert.ok(own === before || own === (await circle.secretOf(fay)));
      await circle.run(20);
      assert.ok(await circle.agree(fay, ada, bo, cy));
    });
  }
}

test("a page that gets no commits at all says so within its bound, and sends under no old keys after a removal", async () => {
  const { circle, fay, ada, bo, begin } = await threeWith({
    out: (page, event, data) => (page.name === "Ada" && event === "keys" ? [] : data),
    fetch: (page, commits) => (page.name === "Ada" ? [] : commits),
  });
  begin();
  await circle.gone(bo);
  await circle.run(2);
  assert.equal(warning(ada), "stopped");
  assert.equal(ada.media.sends, null);
  assert.equal(await ada.keys.sealOwn("x", "writing", ada.id), null);
  assert.ok(fay.media.sends);
  await circle.run(20);
  assert.ok(["heads", "no_key", "stopped"].includes(warning(ada)));
  assert.equal(ada.media.sends, null);
});

test("a server that keeps all commits back after a removal stops every page within two seconds", async () => {
  const { circle, fay, ada, bo, begin } = await threeWith({
    in: (_page, _event, data) => (data.type === "commit" ? null : data),
  });
  begin();
  await circle.gone(bo);
  await circle.run(2.1);
  for (const page of [fay, ada]) {
    assert.equal(page.media.sends, null);
    assert.equal(warning(page), "stopped");
  }
});

test("a commit that is repeated, or comes late, changes nothing", async () => {
  const kept = [];
  const { circle, fay, ada, bo, begin } = await threeWith({
    out(_page, event, data) {
      if (event !== "keys" || data.type !== "commit") return data;
      kept.push(data);
      return [data, ...kept, data];
    },
  });
  begin();
  const cy = await circle.member("Cy", fay);
  const di = await circle.member("Di", fay);
  assert.ok(await circle.agree(fay, ada, bo, cy, di));
  const n = ada.keys.epoch;
  for (const message of kept) await ada.keys.take(message);
  assert.equal(ada.keys.epoch, n);
  assert.equal(warning(ada), null);
});

test("commits that come in the wrong order are taken in the right one", async () => {
  let held = [];
  const { circle, fay, ada, bo, begin } = await threeWith({
    out(page, _event, data) {
      if (page.name !== "Ada" || data.type !== "commit") return data;
      held = [data, ...held];
      return held.length < 2 ? [] : held.splice(0);
    },
  });
  begin();
  const cy = await circle.member("Cy", fay);
  const di = await circle.member("Di", fay);
  await circle.run(6);
  assert.ok(await circle.agree(fay, ada, bo, cy, di));
});

test("a ghost that the server seats by itself gets nothing, and is not on anybody's roster", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  const ghost = await makeOwn();
  const seat = b64(random(8));
  circle.state.seats.push({
    id: seat,
    role: "member",
    present: true,
    duties: [],
    keys: unvouched(ghost),
    name: null,
    boxes: null,
  });
  circle.show();
  await circle.run(30);
  for (const page of [fay, ada, bo]) {
    assert.ok(!page.keys.state.roster.some((one) => one.seat === seat));
  }
  assert.ok(circle.state.commits.every(({ wraps }) => !(seat in wraps)));
  assert.deepEqual(fay.keys.state.introduced, [{ seat, name: null }]);
});

test("a ghost in the place of who was let in gets nothing: the press was for other keys", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  const cy = await circle.knock("Cy");
  await fay.keys.letIn(circle.knockOf(cy));
  const ghost = await makeOwn();
  circle.state.seats.push({
    id: cy.id,
    role: "member",
    present: true,
    duties: [],
    keys: unvouched(ghost),
    name: null,
    boxes: null,
  });
  circle.show();
  await circle.run(10);
  assert.ok(!(await wasOn(circle, ghost.mk)));
  assert.ok(await circle.agree(fay, ada, bo));
});

test("a knock that is shown at the seat of somebody inside lets nobody into it", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  const cy = await circle.knock("Cy");
  const before = await circle.secretOf(fay);
  for (const { id } of [ada, fay]) assert.equal(await fay.keys.letIn({ ...circle.knockOf(cy), seat: id }), null);
  await circle.run(5);
  assert.equal(fay.keys.state.names[ada.id], "Ada");
  assert.ok(await circle.agree(fay, ada, bo));
  assert.equal(await circle.secretOf(fay), before);
});

test("keys that are changed between what is shown and the press are let in by nobody: no name goes with them", async () => {
  const { circle, fay } = await threeWith({});
  const cy = await circle.knock("Cy");
  circle.seatThem(cy);
  await circle.run(4);
  assert.deepEqual(
    fay.keys.state.introduced.map(({ name }) => name),
    ["Cy"],
  );
  const ghost = await makeOwn();
  circle.seatOf(cy.id).keys = unvouched(ghost);
  circle.show();
  await circle.settle();
  assert.equal(await fay.keys.vouch(cy.id), false);
  await circle.run(3);
  assert.ok(!(await wasOn(circle, ghost.mk)));
});

test("a proof of having sat here is good for its own seat and keys alone", async () => {
  const ghost = await makeOwn();
  const { circle, fay, ada, bo, begin } = await threeWith({
    in(page, _event, data) {
      if (data.type !== "introduce" || page.name !== "Ada") return data;
      const bytes = unb64(data.keys);
      bytes.set(unb64(ghost.mk), 0);
      bytes.set(unb64(ghost.ms), 32);
      return { ...data, keys: b64(bytes) };
    },
  });
  begin();
  const again = await circle.reload(ada);
  await circle.run(5);
  assert.ok(!(await wasOn(circle, ghost.mk)));
  assert.ok(await circle.agree(fay, bo));
  assert.equal(again.keys.epoch, 0);
});

test("at the door nothing is sealed to a keeper whose root is not the link's, or whose certificate is not the root's", async () => {
  const other = await makeCircle();
  const evil = await other.facilitator("Eve");
  const key = other.seatOf(evil.id).door_key;
  for (const [lie, sealed] of [
    [(view) => ({ ...view, root: b64(random(32)) }), 0],
    [(view) => ({ ...view, keepers: [{ seat: evil.id, key }] }), 0],
    [(view) => ({ ...view, keepers: [...view.keepers, { seat: evil.id, key }] }), 1],
    [(view) => ({ ...view, keepers: view.keepers.map((one) => ({ ...one, key: flip(one.key) })) }), 0],
  ]) {
    const circle = await makeCircle();
    await circle.facilitator("Fay");
    const page = await circle.page("Ada", { by: await circle.membersLink() });
    await page.keys.see(lie({ version: 1, at: "door", root: circle.root(), keepers: circle.keepers() }));
    const knock = await page.keys.knock({ name: "Ada", note: null });
    assert.equal(Object.keys(knock?.boxes ?? {}).length, sealed);
    circle.end();
  }
  other.end();
});

test("who knocks is not told apart by length, whatever the name and the note", async () => {
  const circle = await makeCircle();
  await circle.facilitator("Fay");
  const knocks = [];
  for (const [name, note] of [
    ["A", "x"],
    ["Maximiliane Friederike", "a long note ".repeat(30)],
  ]) {
    const one = await circle.knock(name, note);
    knocks.push(circle.knockOf(one));
  }
  for (const field of ["name", "note"]) assert.equal(knocks[0][field].length, knocks[1][field].length);
});

test("a roster of the server's own making, wrapped for a member, is refused by who sits and by who comes back", async () => {
  const { circle, fay, ada, bo, begin } = await threeWith({
    in: (_page, _event, data) => (data.type === "commit" ? null : data),
  });
  const before = await circle.secretOf(ada);
  const roster = await readRoster(unb64(circle.state.commits.at(-1).roster));
  const sitting = await forged(circle, { sits: [roster.entries.find(({ seat }) => seat === ada.id)] });
  await ada.keys.take({ ...sitting, wrap: sitting.wraps[ada.id] });
  assert.equal(await circle.secretOf(ada), before);

  begin();
  const again = await circle.reload(ada);
  const shown = await shownKeys(ada.id, circle.seatOf(ada.id).keys);
  const back = await forged(circle, { sits: [shown] });
  await again.keys.take({ ...back, wrap: back.wraps[ada.id] });
  assert.equal(again.keys.epoch, 0);
  begin(false);
  await circle.run(10);
  assert.ok(await circle.agree(fay, again, bo));
});

test("a facilitator who comes in takes no roster of the server's making", async () => {
  const circle = await makeCircle({
    out: (_page, event, data) => (event === "keys" && data.type === "commit" ? [] : data),
    fetch: () => [],
  });
  const fay = await circle.page("Fay");
  fay.keys.see({ version: 1, now: 0, at: "door", root: circle.root(), keepers: [] });
  const { keys } = await fay.keys.enter("Fay");
  const fake = await forged(circle, { n: 1, sits: [await shownKeys(fay.id, keys)] });
  await fay.keys.take({ ...fake, wrap: fake.wraps[fay.id] });
  assert.equal(fay.keys.epoch, 0);
});

test("words under another author's seat, in another turn, of another kind or altered anywhere open nowhere", async () => {
  const { fay, ada, bo } = await threeWith({});
  const sealed = await ada.keys.sealOwn("mine", "share", ada.id, 7);
  assert.equal(await bo.keys.openOwn(ada.id, sealed, "share", ada.id, 7), "mine");
  assert.equal(await bo.keys.openOwn(fay.id, sealed, "share", ada.id, 7), null);
  assert.equal(await bo.keys.openOwn(fay.id, sealed, "share", fay.id, 7), null);
  for (const same of [`${sealed}=`, sealed.replaceAll("_", "/"), sealed.replaceAll("-", "+")]) {
    if (same !== sealed)
      assert.equal(await bo.keys.openOwn(ada.id, same, "share", ada.id, 7), null, "in another spelling");
  }
  assert.equal(await bo.keys.openOwn(ada.id, sealed, "share", ada.id, 8), null);
  assert.equal(await bo.keys.openOwn(ada.id, sealed, "writing", ada.id, 7), null);
  for (const place of [0, 3, 4, 19, 20, 31, 32, 95, 200, unb64(sealed).length - 1]) {
    assert.equal(await bo.keys.openOwn(ada.id, flip(sealed, place), "share", ada.id, 7), null);
  }
  for (const bad of ["", "A", sealed.slice(0, 40), "***", null]) {
    assert.equal(await bo.keys.openOwn(ada.id, bad, "share", ada.id, 7), null);
    assert.equal(await bo.keys.openRoom(bad, "title"), null);
  }
});

test("a member who seals under another one's key is not believed to be them", async () => {
  const { circle, ada, bo } = await threeWith({});
  const roster = await readRoster(unb64(circle.state.commits.at(-1).roster));
  const { mid } = roster.entries.find(({ seat }) => seat === ada.id);
  const key = await bo.keys.exporter("words", `writing ${mid}`, 32);
  const aad = belonging(circle.link.rid, "writing", [ada.id]);
  const sealed = await sealUnder(key, joined(random(64), pad("not hers", "writing")), aad);
  const false_ = b64(joined(u32(bo.keys.epoch), unb64(mid), sealed));
  assert.equal(await bo.keys.openOwn(ada.id, false_, "writing", ada.id), null);
});

test("heartbeats that are kept back are missed after a minute, and only while somebody who sends them is here", async () => {
  const { circle, fay, ada, begin } = await threeWith({
    out: (_page, event, data) => (event === "whisper" ? [] : data),
  });
  begin();
  await circle.run(55);
  assert.equal(warning(ada), null);
  await circle.run(10);
  assert.equal(warning(ada), "beat");
  await circle.drop(fay);
  await circle.run(1);
  assert.equal(warning(ada), null);
});

test("heartbeats that are kept back and told one by one hide nothing: they are missed like others", async () => {
  const kept = [];
  let told = 0;
  const { circle, ada, bo, begin } = await threeWith({
    out(page, event, data) {
      if (event !== "whisper" || page.name !== "Ada") return data;
      kept.push(data);
      if (circle.time.now - told < 50) return [];
      told = circle.time.now;
      return [kept.shift()];
    },
  });
  begin();
  await circle.run(130);
  assert.equal(warning(ada), "beat");
  assert.equal(warning(bo), null);
});

test("a page that is kept in its keys, and shown that nobody is here who gives the sign, says so once the next ones are overdue", async () => {
  const { circle, fay, ada, bo, begin } = await threeWith({
    in: (page, _event, data) => (page.name === "Ada" && data.type === "commit" ? null : data),
    out(page, event, data) {
      if (page.name !== "Ada") return data;
      const seats = [fay, ada, bo].map(({ id }) => ({ ...circle.before.find((one) => one.id === id) }));
      return event === "view" ? { ...data, epoch: 3, seats: seats.map(awayIs(fay)) } : [];
    },
    fetch: (page, commits) => (page.name === "Ada" ? [] : commits),
  });
  circle.before = structuredClone(circle.state.seats);
  begin();
  await circle.gone(bo);
  await circle.run(640);
  assert.equal(warning(ada), null);
  await circle.run(40);
  assert.equal(warning(ada), "heads");
  assert.equal(warning(fay), null);
});

test("a server that keeps heartbeats back, and shows who sends them as away now and then, is found out all the same", async () => {
  const { circle, fay, ada, begin } = await threeWith({
    out: (page, event, data) => {
      if (event === "whisper") return [];
      const away = page.name === "Ada" && event === "view" && circle.time.now % 20 < 1;
      return away
        ? { ...data, seats: data.seats.map((seat) => (seat.id === fay.id ? { ...seat, present: false } : seat)) }
        : data;
    },
  });
  begin();
  for (let waited = 0; waited < 70; waited += 1) {
    circle.show();
    await circle.run(1);
  }
  assert.equal(warning(ada), "beat");
});

test("a heartbeat that is altered, repeated, or told of another seat is none", async () => {
  const kept = [];
  const alter = [
    (data) => ({ ...data, beat: flip(data.beat, 40) }),
    (data) => ({ ...data, beat: kept[0] ?? data.beat }),
    (data, ada) => ({ ...data, by: ada.id }),
  ];
  for (const lie of alter) {
    kept.length = 0;
    const three = await threeWith({
      out(_page, event, data) {
        if (event !== "whisper") return data;
        kept.push(data.beat);
        return lie(data, three.ada);
      },
    });
    three.begin();
    await three.circle.run(75);
    assert.equal(warning(three.ada), "beat");
    three.circle.end();
  }
});

test("where a page is kept in an older epoch, the heartbeat tells it within ten seconds", async () => {
  const { circle, fay, ada, begin } = await threeWith({
    out(page, event, data) {
      if (page.name !== "Ada") return data;
      if (event === "keys") return [];
      return event === "view"
        ? { ...data, epoch: 3, seats: data.seats.filter(({ id }) => id !== circle.late?.id) }
        : data;
    },
    fetch: (page, commits) => (page.name === "Ada" ? [] : commits),
  });
  begin();
  circle.late = await circle.member("Cy", fay);
  await circle.run(12);
  assert.equal(warning(ada), "heads");
  assert.equal(fay.keys.epoch, ada.keys.epoch + 1);
});

test("names, notes, words, links and seeds stand in nothing that reaches the server", async () => {
  const seen = [];
  const circle = await makeCircle({
    in(_page, _event, data) {
      seen.push(JSON.stringify(data));
      return data;
    },
  });
  const fay = await circle.facilitator("Marker-Fay");
  const ada = await circle.member("Marker-Ada", fay);
  await ada.keys.sealOwn("Marker-words", "writing", ada.id);
  seen.push(JSON.stringify(circle.state));
  const whole = seen.join("\n");
  const secrets = ["Marker", b64(circle.link.seed), b64(circle.link.secret), await circle.secretOf(fay)];
  for (const secret of secrets) assert.ok(!whole.includes(secret), secret);
  for (const text of seen.flatMap((one) => one.match(/[A-Za-z0-9_-]{20,}/g) ?? [])) {
    assert.ok(!Buffer.from(text, "base64url").includes("Marker"));
  }
});

test("a seat whose name is too long pushes no keys of the server's onto a roster", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  const ghost = await makeOwn();
  const long = b64(joined(random(8), unb64(ghost.mk), unb64(ghost.ms)));
  const cy = await circle.knock("Cy");
  const knock = { ...circle.knockOf(cy), seat: long };
  await fay.keys.letIn(knock);
  circle.state.seats.push({ id: long, role: "member", present: true, duties: [], keys: null, name: null, boxes: null });
  circle.show();
  await circle.run(5);
  assert.ok(!(await wasOn(circle, ghost.mk)));
  assert.ok(await circle.agree(fay, ada, bo));
  assert.throws(() => rosterBytes({ ...ROSTER, entries: [{ ...ENTRY, seat: long }] }), /malformed/);
  assert.throws(() => rosterBytes({ ...ROSTER, entries: [{ ...ENTRY, mk: long }] }), /malformed/);
  assert.equal(rosterBytes({ ...ROSTER, entries: [ENTRY] }).length, 70 + 75);
});
const text = (length) => b64(new Uint8Array(length));
const ENTRY = { seat: text(8), mk: text(32), ms: text(32), mid: text(16), index: 0, role: 1, certificate: null };
const ROSTER = { version: 1, rid: text(16), n: 1, prev: text(32), by: text(16) };

test("a view that is nonsense to the keys changes nothing", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  for (const root of ["", "x", 7, null, b64(random(31)), b64(random(32))]) {
    await bo.keys.see({
      version: 99,
      at: "door",
      root,
      keepers: [
        { seat: 1, key: null },
        { seat: "x", key: "y" },
      ],
    });
  }
  circle.show();
  await circle.run(1);
  assert.ok(await circle.agree(fay, ada, bo));
});

test("where nobody leads, a commit that nobody can take holds the circle up until somebody with the seed begins again", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  await circle.drop(fay);
  await circle.run(17);
  const sits = (await readRoster(unb64(circle.state.commits.at(-1).roster))).entries;
  const bad = await forged(circle, { sits });
  delete bad.wraps[Object.keys(bad.wraps)[0]];
  circle.say(bo, "keys", bad);
  await circle.run(20);
  assert.equal(warning(ada), "no_key");
  await circle.back(fay);
  for (let round = 0; round < 3; round += 1) {
    await circle.run(12);
    for (const { seat } of fay.keys.state.introduced) await fay.keys.vouch(seat);
  }
  assert.ok(await circle.agree(fay, ada, bo));
});

test("a member's commit that nobody can take is passed over by who leads, and all keep their keys", async () => {
  const { circle, fay, ada, bo } = await threeWith({});
  const sits = (await readRoster(unb64(circle.state.commits.at(-1).roster))).entries;
  const bad = await forged(circle, { sits });
  delete bad.wraps[Object.keys(bad.wraps)[0]];
  assert.deepEqual(circle.say(bo, "keys", bad), { ok: true });
  const roster = (page) => page.keys.state.roster.map(({ index }) => index);
  const before = roster(fay);
  await circle.run(8);
  assert.ok(await circle.agree(fay, ada, bo));
  assert.deepEqual(roster(ada), before);
  assert.equal(warning(fay), null);
});

test("where the server shows two halves of a circle two different commits, those who have not the facilitator's are told so by the next heartbeats", async () => {
  const halves = [[], []];
  const { circle, fay, ada, bo, begin } = await threeWith({
    in(page, _event, data) {
      if (data.type !== "commit" || !halves[1].includes(page)) return data;
      for (const one of halves[1]) one.keys.take({ ...data, wraps: undefined, wrap: data.wraps[one.id] ?? null });
      return null;
    },
    out: (page, _event, data) => (data.type === "commit" && halves[1].includes(page) ? [] : data),
    fetch: (page, commits) => (halves[1].includes(page) ? [] : commits),
  });
  const gus = await circle.facilitator("Gus");
  await circle.run(4);
  assert.ok(await circle.agree(fay, ada, bo, gus));
  halves[1].push(gus, bo);
  begin();
  await circle.member("Cy", fay);
  const di = await circle.knock("Di");
  await gus.keys.letIn(circle.knockOf(di));
  circle.seatThem(di);
  await circle.run(25);
  assert.ok(!(await circle.agree(fay, gus)));
  for (const page of [bo, gus]) assert.equal(warning(page), "heads", page.name);
});

test("a server that shows an introduction for ever, or nonsense for numbers, does not make a circle commit for ever", async () => {
  for (const lie of [
    (view, ada) => ({
      ...view,
      seats: view.seats.map((one) => (one.id === ada.id ? { ...one, keys: ada.shown } : one)),
    }),
    (view) => ({ ...view, link: 0 }),
    (view) => ({ ...view, link: 2 ** 40 }),
    (view) => ({ ...view, epoch: 1e300 }),
  ]) {
    const three = await threeWith({ out: (_page, event, data) => (event === "view" ? lie(data, three.ada) : data) });
    const { circle, fay, ada, begin } = three;
    const roster = await readRoster(unb64(circle.state.commits.at(-1).roster));
    ada.shown = unvouched(roster.entries.find(({ seat }) => seat === ada.id));
    const n = fay.keys.epoch;
    begin();
    circle.show();
    await circle.run(30);
    assert.ok(fay.keys.epoch - n <= 10, `${fay.keys.epoch - n}`);
    circle.end();
  }
});
