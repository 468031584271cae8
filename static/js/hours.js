// The hours form without a network: what is entered is kept on this phone first and sent as soon
// as it can be, under the id it got when the form opened, so that sending twice keeps it once.
// Without this file the form is an ordinary one.

import { noteWaiting, wasLeaving } from "./parts/leaving.js";
import { deviceNumber, drop, keep, kept, savedProfile, saveProfile } from "./parts/outbox.js";
import { shrunk } from "./parts/photo.js";
import { startStopwatch } from "./parts/stopwatch.js";

const FIELDS = ["id", "team", "project", "day", "start", "end", "note", "device"];
// A hall's network comes back to all its phones in one instant; the server need not meet them so.
const SCATTER_MS = 8000;
const REFUSED = new Set([404, 409, 422]);
const SIGNED_OUT = new Set([401, 403]);
const form = document.querySelector("[data-outbox]");
const box = document.querySelector("[data-waiting-here]");
const leaving = box?.querySelector("[data-leaving]");
const full = document.querySelector("[data-full]");
const row = document.querySelector("#waiting-row");
let account = form?.dataset.account ?? "";

const read = (select) => [...select.options].map(({ value, text }) => [value, text]);

function offer(select, choices) {
  if (choices) select.replaceChildren(...choices.map(([code, name]) => new Option(name, code)));
}

/** Fill the form of the page that opens without a network from what the last visit left. */
async function begin() {
  const { team, project } = form.elements;
  if (account) {
    // A phone without room still sends what waits: only the form offline then has no teams.
    await saveProfile({ account, teams: read(team), projects: read(project) }).catch(() => {});
  } else {
    const profile = await savedProfile();
    account = profile?.account ?? "";
    offer(team, profile?.teams);
    offer(project, profile?.projects);
    form.elements.day.value = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    document.querySelector("[data-unknown]").hidden = Boolean(account);
    form.hidden = !account;
    form.elements.id.value = crypto.randomUUID(); // the kept page is the same at every opening
  }
}

async function entered() {
  const { id, team, project, day, start, end, note, photo } = form.elements;
  return {
    id: id.value,
    account,
    team: team.value,
    project: project.value,
    teamName: team.selectedOptions[0]?.text ?? "",
    day: day.value,
    start: start.value,
    end: end.value,
    note: note.value,
    photo: photo.files.length ? await shrunk(photo.files[0]) : null,
    device: await deviceNumber().catch(() => ""),
    keptAt: Date.now(),
    refusal: "",
  };
}

function clear() {
  form.elements.id.value = crypto.randomUUID();
  for (const name of ["start", "end", "note", "photo"]) form.elements[name].value = "";
}

async function submitted(event) {
  const { day, start, end } = form.elements;
  if (!day.value || !start.value || !end.value) return; // the server says what is missing
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.keeping) return; // a second tap while the photo is drawn
  form.dataset.keeping = "yes";
  full.hidden = true;
  try {
    await keep(await entered());
  } catch {
    await withoutRoom();
    return;
  } finally {
    delete form.dataset.keeping;
  }
  clear();
  await show();
  await send();
}

/** No room on the phone: send it as any form; if that cannot be now, it stays in the form. */
async function withoutRoom() {
  if ((await signedIn()).account === account) {
    form.submit();
  } else {
    full.hidden = false;
    full.scrollIntoView({ block: "center" });
  }
}

/** Who is signed in, with the token that a POST needs; else `why` nothing can be sent. */
async function signedIn() {
  const answer = await fetch("/volunteer/session/").catch(() => null);
  if (!answer) return { why: "offline" };
  if (!answer.ok) return { why: SIGNED_OUT.has(answer.status) ? "signin" : "later" };
  // A hall's own sign-in page may answer for us.
  return answer.json().catch(() => ({ why: "offline" }));
}

/** Send what waits, one after the other; only one tab does so at a time. */
const send = () =>
  navigator.locks ? navigator.locks.request("outbox", sendAll) : sendAll();

async function sendAll() {
  const waiting = (await kept()).filter((entry) => entry.account === account && !entry.refusal);
  if (!waiting.length) return show(); // another tab may have sent them
  const { why, csrf, account: present } = await signedIn();
  if (why) return say(why);
  if (present !== account) return say("other");
  let sent = 0;
  for (const entry of waiting) {
    const answer = await post(entry, csrf);
    if (!answer) return say("offline");
    if (answer.ok) {
      await drop(entry.id);
      sent += 1;
    } else if (REFUSED.has(answer.status)) {
      await keep({ ...entry, refusal: (await answer.json()).detail });
    } else {
      say(SIGNED_OUT.has(answer.status) ? "signin" : "later");
      break;
    }
  }
  await show();
  if (sent) showLedger();
  return undefined;
}

function post(entry, csrf) {
  const body = new FormData();
  for (const name of FIELDS) body.append(name, entry[name] ?? ""); // older ones know no project
  if (entry.photo) body.append("photo", entry.photo, "photo.jpg");
  const headers = { "X-CSRFToken": csrf };
  return fetch("/volunteer/hours/", { method: "POST", headers, body }).catch(() => null);
}

/** What waits, with what can be done about it. */
async function show() {
  const mine = (await kept()).filter((entry) => entry.account === account);
  box.hidden = mine.length === 0;
  noteWaiting(mine.length);
  box.querySelector("[data-count]").textContent = mine.length;
  box.querySelector("ul").replaceChildren(...mine.map(drawn));
}

function drawn(entry) {
  const item = row.content.firstElementChild.cloneNode(true);
  const put = (name, text) => {
    item.querySelector(`[data-${name}]`).textContent = text;
  };
  put("when", `${entry.day} ${entry.start}–${entry.end}`);
  put("what", [entry.teamName, entry.note].filter(Boolean).join(" · "));
  put("refusal", entry.refusal);
  item.querySelector("[data-refusal]").hidden = !entry.refusal;
  item.querySelector("[data-with-photo]").hidden = !entry.photo;
  item.querySelector("[data-state=waiting]").hidden = Boolean(entry.refusal);
  item.querySelector("[data-state=refused]").hidden = !entry.refusal;
  const change = item.querySelector("[data-change]");
  change.hidden = !entry.refusal;
  change.addEventListener("click", () => reopen(entry));
  return item;
}

/** Back into the form, to be corrected; what comes of it is another record. The photo comes along. */
async function reopen(entry) {
  for (const name of ["team", "project", "day", "start", "end", "note"])
    form.elements[name].value = entry[name] ?? "";
  form.elements.id.value = crypto.randomUUID();
  if (entry.photo) putBack(entry.photo);
  await drop(entry.id);
  await show();
  form.elements.start.focus();
}

function putBack(photo) {
  const files = new DataTransfer();
  files.items.add(new File([photo], "photo.jpg", { type: photo.type }));
  form.elements.photo.files = files.files;
}

function say(what) {
  box.querySelectorAll("[data-say]").forEach((words) => {
    words.hidden = words.dataset.say !== what;
  });
}

function showLedger() {
  say("");
  if (document.querySelector("#ledger")) {
    window.htmx?.ajax("GET", "/volunteer/", { target: "#ledger", select: "#ledger", swap: "outerHTML" });
  }
}

/** Signing out asks once more while records wait: they can only be sent by whoever wrote them. */
function askBeforeLeaving(event) {
  if (!event.target.matches("[data-sign-out]") || box.hidden || !leaving.hidden) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leaving.hidden = false;
  box.scrollIntoView({ block: "center" });
}

async function start() {
  await begin();
  await show();
  await startStopwatch(form, account);
  await send();
  form.addEventListener("submit", submitted);
  document.addEventListener("submit", askBeforeLeaving, { capture: true }); // before site.js
  box.querySelector("[data-send]").addEventListener("click", send);
  window.addEventListener("online", () => setTimeout(send, Math.random() * SCATTER_MS));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) send();
  });
  if (wasLeaving()) document.querySelector("[data-sign-out]").requestSubmit();
  form.dataset.ready = "yes";
}

if (form && window.indexedDB && crypto.randomUUID) start();
if (navigator.serviceWorker && form?.dataset.worker) {
  navigator.serviceWorker.register(form.dataset.worker, { scope: "/volunteer/" });
}
