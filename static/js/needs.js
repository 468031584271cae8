// The board of needs by keyboard and by dragging. Arrows move between the cards, a letter or a drop
// takes the step that leads to another column: at once after a confirmation, or, if it needs words,
// on the need's own page. The server says what is possible (data-to, data-key) and what came of it.

const board = document.querySelector("#board");
const said = document.querySelector("#board-said");

const columns = () => [...board.querySelectorAll("[data-column]")];
const cards = (within) => [...within.querySelectorAll("[data-need] > a")];
const wayTo = (card, column) => card.querySelector(`[data-to="${column.dataset.column}"]`);

/** One card is in the order of Tab; the arrows choose which. */
function choose(link) {
  cards(board).forEach((other) => {
    other.tabIndex = other === link ? 0 : -1;
  });
}

function prepare() {
  document.querySelector("#board-keys").hidden = false;
  board.querySelectorAll(".ways").forEach((ways) => {
    ways.hidden = false;
  });
  cards(board).forEach((link) => {
    link.draggable = false; // the card is dragged, not its address
    link.parentElement.draggable = true;
    const keys = [...link.parentElement.querySelectorAll("[data-key]")].map((way) => way.dataset.key);
    if (keys.length) link.setAttribute("aria-keyshortcuts", keys.join(" ").toUpperCase());
  });
  choose(cards(board)[0]);
}

function next(link, key) {
  const column = link.closest("[data-column]");
  const own = cards(column);
  const place = own.indexOf(link);
  const along = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: own.length - 1 };
  if (key in along) return own[along[key]];
  const filled = columns().filter((one) => cards(one).length);
  const beside = filled[filled.indexOf(column) + (key === "ArrowRight" ? 1 : -1)];
  return beside && cards(beside)[Math.min(place, cards(beside).length - 1)];
}

function take(way) {
  if (way.dataset.post) ask(way);
  else location.assign(way.href);
}

function leave() {
  board.querySelectorAll(".board-asks").forEach((question) => question.remove());
}

/** The question stands where the card is to go, and has the focus. */
function ask(way) {
  leave();
  const card = way.closest("[data-need]");
  const question = document.querySelector("#board-asks").content.firstElementChild.cloneNode(true);
  question.querySelector("b").textContent = card.dataset.need;
  question.querySelector("span").textContent = ` ${card.querySelector("b").textContent}`;
  const [yes, no] = question.querySelectorAll("button");
  yes.textContent = way.title;
  yes.addEventListener("click", () => {
    yes.disabled = true;
    send(way, card, question.querySelector("[name=csrfmiddlewaretoken]").value);
  });
  const back = () => {
    leave();
    card.querySelector("a").focus();
  };
  no.addEventListener("click", back);
  question.addEventListener("keydown", (event) => {
    if (event.key === "Escape") back();
  });
  board.querySelector(`#column-${way.dataset.to}`).after(question);
  yes.focus();
}

function say(words, isGood) {
  said.textContent = words;
  said.classList.add("notice");
  said.classList.toggle("notice-bad", !isGood);
}

async function send(way, card, token) {
  const { act, post } = way.dataset;
  const body = new FormData();
  body.set(`${act}-version`, card.dataset.version);
  body.set(`${act}-category`, card.dataset.category);
  try {
    const headers = { Accept: "text/plain", "X-CSRFToken": token };
    const answer = await fetch(post, { method: "POST", body, headers });
    if (answer.redirected) return location.reload(); // the session has ended
    const words = await answer.text();
    await renew(card.dataset.need);
    say(words, answer.ok);
  } catch {
    leave();
    card.querySelector("a").focus();
    say(said.dataset.lost, false);
  }
}

/** The board as it is now; the focus stays with the need, wherever it went. */
async function renew(reference) {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  board.replaceChildren(...page.querySelector("#board").children);
  prepare();
  const link = board.querySelector(`[data-need="${reference}"] > a`) || cards(board)[0];
  if (!link) return;
  choose(link);
  link.focus();
}

board.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-need] > a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(Arrow|Home$|End$)/.test(event.key)) {
    event.preventDefault(); // the page would scroll
    const other = next(link, event.key);
    if (other) other.focus();
    return;
  }
  const key = event.key.toLowerCase();
  const way = link.parentElement.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (way && !event.repeat) {
    event.preventDefault();
    take(way);
  }
});

board.addEventListener("focusin", (event) => {
  const link = event.target.closest("[data-need] > a");
  if (link) choose(link);
});

board.addEventListener("click", (event) => {
  const way = event.target.closest("[data-post]");
  if (!way) return;
  event.preventDefault();
  take(way);
});

let dragged = null;

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-need]");
  if (!dragged) return;
  event.dataTransfer.setData("text/plain", dragged.dataset.need);
  event.dataTransfer.effectAllowed = "move";
  columns().forEach((column) => {
    const way = wayTo(dragged, column);
    if (way) column.dataset.drop = way.title;
    else if (!column.contains(dragged)) column.classList.add("no-drop");
  });
});

board.addEventListener("dragover", (event) => {
  const column = event.target.closest("[data-drop]");
  if (!dragged || !column) return;
  event.preventDefault(); // a drop is allowed here
  event.dataTransfer.dropEffect = "move";
});

board.addEventListener("drop", (event) => {
  const column = event.target.closest("[data-drop]");
  if (!dragged || !column) return;
  event.preventDefault();
  take(wayTo(dragged, column));
});

board.addEventListener("dragend", () => {
  dragged = null;
  columns().forEach((column) => {
    delete column.dataset.drop;
    column.classList.remove("no-drop");
  });
});

prepare();
