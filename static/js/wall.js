// The wall of results: one slide after the other, and fresh figures every few minutes. Without a
// network the last ones stay; without scripts the page itself asks for its next slide.

const SLIDE_MS = 15_000;
const FRESH_MS = 5 * 60_000;
const lost = document.getElementById("lost");
let shown = slides().findIndex((slide) => !slide.hidden);

function slides() {
  return [...document.querySelectorAll("[data-slide]")];
}

function show(number) {
  const all = slides();
  shown = number % all.length;
  for (const [place, slide] of all.entries()) slide.hidden = place !== shown;
}

// Pictures are fetched before they are shown, so that a lost network leaves no holes.
async function loaded(page) {
  const waits = [...page.querySelectorAll("img")].map((img) => {
    const ahead = new Image();
    ahead.src = img.src;
    return ahead.decode().catch(() => {});
  });
  await Promise.all(waits);
}

async function refresh() {
  try {
    const answer = await fetch(location.pathname, { signal: AbortSignal.timeout(20_000) });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("wall");
    if (!fresh) throw new Error("not the wall");
    await loaded(fresh);
    document.getElementById("wall").replaceWith(document.adoptNode(fresh));
    show(shown);
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
}

function tick() {
  const time = new Date().toLocaleTimeString("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Shanghai",
  });
  const clock = document.querySelector("[data-clock]");
  clock.textContent = clock.textContent.replace(/\d\d:\d\d/, time);
}

setInterval(() => show(shown + 1), SLIDE_MS);
setInterval(refresh, FRESH_MS);
setInterval(tick, 5000);
