// Keys of the window console: a button with data-key is pressed by that key, unless somebody types.

const BUSY = "input, select, textarea";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest(BUSY)) return;
  const key = event.key.toLowerCase();
  const button = [...document.querySelectorAll("#console [data-key]")].find(
    (candidate) => candidate.dataset.key === key && !candidate.disabled,
  );
  if (!button) return;
  event.preventDefault(); // space would scroll the page, or press the focused button twice
  button.click();
});

// The minutes at the window, counted from what the server said when it was drawn.
setInterval(() => {
  document.querySelectorAll("[data-elapsed]").forEach((element) => {
    const seconds = Math.max(0, Math.round(Date.now() / 1000 - Number(element.dataset.elapsed)));
    element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  });
  document.querySelectorAll("[data-vanish]").forEach((element) => {
    element.dataset.left ??= element.dataset.vanish;
    element.dataset.left -= 1;
    if (element.dataset.left <= 0) element.remove();
  });
}, 1000);
