// Says "hall" to the page whenever a centre's queue changed. Without it, or when the stream is
// gone, the page's own polling every few seconds does the same more slowly.

const STREAMS = document.querySelector("meta[name=streams]")?.content ?? "";
const AGAIN_AFTER_MS = 5000;

function listen(centre) {
  const source = new EventSource(`${STREAMS}/events/hall/${centre}/`);
  source.addEventListener("message", () => window.htmx?.trigger(document.body, "hall"));
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => listen(centre), AGAIN_AFTER_MS);
  });
}

// What is shown stays when an answer fails to come; a line says so until the next one does.
const sayLost = (lost) => () => {
  const line = document.getElementById("lost");
  if (line) line.hidden = !lost;
};

["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) =>
  document.addEventListener(name, sayLost(true)),
);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) sayLost(false)();
});

const live = document.querySelector("[data-live]");
if (live) listen(live.dataset.live);
