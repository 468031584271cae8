// Start and stop instead of looking at the clock. What runs is kept on this phone, so that the page
// may be closed in between; stopping fills the form, and sending stays an act of its own.

import { dropRunning, saveRunning, savedRunning } from "./outbox.js";

const MINUTE_MS = 60_000;
const LONGEST_MS = 12 * 60 * MINUTE_MS;
const ZONE_MS = 8 * 60 * MINUTE_MS; // the town's clock, wherever the phone thinks it is

const local = (ms) => new Date(ms + ZONE_MS).toISOString();
const dayOf = (ms) => local(ms).slice(0, 10);
const clockOf = (ms) => local(ms).slice(11, 16);

/** Show the stopwatch of this account in `form`. */
export async function startStopwatch(form, account) {
  const place = form.querySelector("[data-stopwatch]");
  if (!place || !account) return;

  const show = async () => {
    const running = await savedRunning(account);
    place.querySelectorAll("[data-stopwatch-on]").forEach((part) => (part.hidden = !running));
    place.querySelectorAll("[data-stopwatch-off]").forEach((part) => (part.hidden = Boolean(running)));
    if (running) {
      const { since } = running;
      const day = dayOf(since) === dayOf(Date.now()) ? "" : `${dayOf(since)} `;
      place.querySelector("[data-since]").textContent = day + clockOf(since);
    }
  };
  const begin = async () => {
    await saveRunning(account, Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
    await show();
    place.querySelector("[data-stop]").focus();
  };
  const stop = async () => {
    const running = await savedRunning(account);
    if (running) fill(form, running.since);
    await dropRunning(account);
    await show();
  };
  const forget = async () => {
    await dropRunning(account);
    await show();
    place.querySelector("[data-start]").focus();
  };

  place.querySelector("[data-start]").addEventListener("click", begin);
  place.querySelector("[data-stop]").addEventListener("click", stop);
  place.querySelector("[data-forget]").addEventListener("click", forget);
  await show();
  place.hidden = false;
}

/** The times into the form; who forgot to stop says the end himself. */
function fill(form, since) {
  const { day, start, end, note } = form.elements;
  const now = Date.now();
  const isForgotten = now - since > LONGEST_MS;
  day.value = dayOf(since);
  start.value = clockOf(since);
  end.value = isForgotten ? "" : clockOf(Math.max(now, since + MINUTE_MS));
  (isForgotten ? end : note).focus();
}
