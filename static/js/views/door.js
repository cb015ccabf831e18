// Who waits at the door, for those who may open it. No badge, no sound: it stands there.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { leads } from "../circle.js";
import { knownName, nameOf, words } from "../words.js";
import { text } from "./fields.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */

/** @param {Screen} screen @param {CircleView} view @param {Act} act */
export const door = (screen, view, act) => html`<section class="card tight knocking" aria-labelledby="door-heading">
  <h2 id="door-heading">${words.door.heading}</h2>
  <ul class="knocks">${view.knocks.map((knock) => waiting(screen, knock, act))}</ul>
</section>`;

/** Those who sit here and have no keys that anybody could vouch for; who keeps the door does it by a press. @param {Screen} screen @param {CircleView} view @param {Act} act */
export const introduced = (
  screen,
  view,
  act,
) => html`<section class="card tight knocking" aria-labelledby="introduced-heading">
  <h2 id="introduced-heading">${words.keyed.introduced.heading}</h2>
  <p><small>${words.keyed.introduced.hint}</small></p>
  <ul class="knocks">${screen.keys.introduced.map(({ seat, name }) => {
    const called = name ?? words.keyed.introduced.unread;
    return html`<li><p><b>${called}</b></p><div class="more">
      ${name ? html`<button class="small strong" @click=${() => act.vouch(seat)}>${words.keyed.introduced.letIn(name)}</button>` : nothing}
      ${leads(view, screen.me) ? html`<button class="small" @click=${() => act.command({ type: "remove", seat })}>${words.keyed.introduced.away(called)}</button>` : nothing}
    </div></li>`;
  })}</ul>
</section>`;

/** What nobody here can read is let in by nobody. @param {Screen} screen @param {import("../protocol.js").KnockView} knock @param {Act} act */
function waiting(screen, knock, act) {
  const read = knownName(screen, knock.seat) !== null;
  const name = read ? nameOf(screen, knock.seat) : words.keyed.unread.name;
  return html`<li>
    <p><b>${name}</b> ${knock.role === "observer" ? words.door.wantsToListen : nothing}</p>
    ${knock.first_time || knock.returns ? html`<p class="floor">${knock.returns ? words.asking.returns : words.asking.isFirst}</p>` : nothing}
    ${read ? nothing : html`<p><small>${words.keyed.unread.hint}</small></p>`}
    ${screen.notes[knock.seat] ? html`<blockquote>${screen.notes[knock.seat]}</blockquote>` : nothing}
    ${!read ? nothing : knock.state === "waiting" ? asking(screen, knock, act) : html`<p class="note">${words.asking.states[knock.state]}</p>`}
    <div class="more">
      ${read && knock.state === "waiting" ? html`<button class="small strong" @click=${() => act.letIn(knock.seat)}>${words.door.letIn(name)}</button>` : nothing}
      <button class="small" @click=${() => act.command({ type: "turn_away", seat: knock.seat })}>${words.door.turnAway(name)}</button>
    </div>
  </li>`;
}

/** Words over the doorstep: an answer to what came with the knock, or a question, and what came back. @param {Screen} screen @param {import("../protocol.js").KnockView} knock @param {Act} act */
function asking(screen, knock, act) {
  const [name, id] = [nameOf(screen, knock.seat), `ask-${knock.seat}`];
  const [asked, answer] = [screen.questions[knock.seat], screen.answers[knock.seat]];
  const draft = screen.asking?.seat === knock.seat ? screen.asking.text : "";
  const replies = knock.note !== null;
  const label = replies ? words.asking.reply(name) : words.asking.ask(name);
  const back = answer
    ? html`<p>${words.asking.answers(answer)}</p>`
    : replies
      ? nothing
      : html`<p>${words.asking.noAnswer}</p>`;
  return html`${asked ? html`<p>${replies ? words.asking.youReplied(asked) : words.asking.youAsked(asked)}</p>${back}` : nothing}
    <details><summary>${label}</summary>
      <form class="field" @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        act.askKnock();
      }}>
        ${text(id, label, draft, 500, (given) => act.set({ asking: { seat: knock.seat, text: given } }), { rows: 2, unseen: true })}
        <button class="small" type="submit">${replies ? words.asking.sendReply : words.asking.send}</button>
      </form></details>`;
}
