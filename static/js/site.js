// What every page does beyond htmx. All of it is an extra: each page works without this file.

import { showBeforeLeaving } from "./parts/leaving.js";

const RESEND_AFTER_MS = 8000;
const canShare = Boolean(navigator.share || navigator.clipboard);

/** Start what the markup below `root` asks for: on load, and again for what htmx brings in. */
function enhance(root) {
  root.querySelectorAll("[data-countdown]").forEach(startCountdown);
  root.querySelectorAll("[data-needs-js]").forEach((button) => {
    button.hidden = "share" in button.dataset && !canShare;
  });
  root.querySelectorAll(".day[aria-current], .tabs [aria-current]").forEach((here) =>
    here.scrollIntoView({ inline: "center", block: "nearest" }),
  );
}

/** Turn "held until 14:42" into "9:42" counting down; the server's text is the fall-back. */
function startCountdown(element) {
  // Counted from now: a phone with a wrong clock, or one that slept, shows the right rest.
  const end = Date.now() + Number(element.dataset.countdown) * 1000;
  const show = () => {
    const rest = Math.max(0, Math.round((end - Date.now()) / 1000));
    element.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    if (rest > 0 && element.isConnected) return;
    clearInterval(ticking);
    if (element.isConnected) sayOver(element.closest(".timer"));
  };
  const ticking = setInterval(show, 1000);
  show();
}

function sayOver(timer) {
  timer.querySelector("[data-timer-running]").hidden = true;
  timer.querySelector("[data-timer-over]").hidden = false;
}

/** A second tap on the same form is ignored: the first one is on its way. */
function refuseDoubleSubmit(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), RESEND_AFTER_MS);
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

async function act(event) {
  const button = event.target.closest("[data-print], [data-share]");
  if (!button) return;
  if (button.hasAttribute("data-print")) {
    window.print();
  } else if (navigator.share) {
    const { share: text, url = location.href } = button.dataset;
    await navigator.share({ text, url }).catch(() => {}); // closing the sheet is no failure
  } else {
    await navigator.clipboard.writeText(button.dataset.url || location.href);
    button.textContent = button.dataset.done;
  }
}

const showOffline = (lost) => () => {
  document.getElementById("offline").hidden = !lost;
};

document.addEventListener("submit", showBeforeLeaving);
document.addEventListener("submit", refuseDoubleSubmit);
document.addEventListener("click", act);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) =>
  document.addEventListener(name, (event) => {
    // What a live page asks by itself holds nothing that anybody entered: see live.js.
    const isOwn = event.detail.requestConfig?.verb === "get" && document.querySelector("[data-live]");
    if (!isOwn) showOffline(true)();
  }),
);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful || event.detail.xhr?.status === 422) showOffline(false)();
});
window.addEventListener("offline", showOffline(true));
window.addEventListener("online", showOffline(false));
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
