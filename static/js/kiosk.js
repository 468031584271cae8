// The kiosk goes back to its start when nobody touches it: the next visitor finds no number of
// the last one. The button on the page does the same.

const PATIENCE_MS = 20_000;

const start = document.querySelector("[data-return]");
let waiting;

function begin() {
  clearTimeout(waiting);
  if (start) waiting = setTimeout(() => location.assign(start.href), PATIENCE_MS);
}

["pointerdown", "keydown"].forEach((touch) => document.addEventListener(touch, begin));
begin();
