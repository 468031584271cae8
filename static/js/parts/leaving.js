// Signing out while hours still wait on this phone. Wherever the button is pressed, "My hours" is
// shown first: there they are sent, or it says that they stay until their writer signs in again.

const WAITING = "hours-waiting";
const HOURS = "/volunteer/";
const ASKED = "?leaving";

/** Remember that records wait, for the other pages. */
export function noteWaiting(count) {
  if (count) localStorage.setItem(WAITING, count);
  else localStorage.removeItem(WAITING);
}

/** Whether another page sent the person here on their way out; asked once. */
export function wasLeaving() {
  if (location.search !== ASKED) return false;
  history.replaceState(null, "", HOURS);
  return true;
}

/** On every other page: look at what waits before signing out. */
export function showBeforeLeaving(event) {
  if (!event.target.matches("[data-sign-out]") || location.pathname === HOURS) return;
  if (!localStorage.getItem(WAITING)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  location.assign(HOURS + ASKED);
}
