// Leave at once: blank the page, end the session in passing, and put a neutral site in its place in the history.
// Without this file the same button is a plain link to /weg/.

const link = document.querySelector("[data-gs-exit]");
const PRESSES = 3;
const WITHIN_MS = 5000;
let leaving = false;
let presses = [];

function blank() {
  document.documentElement.classList.add("gs-blank");
  document.title = "\u200b";
}

function leave(target) {
  if (leaving) return;
  leaving = true;
  blank();
  fetch(link.href, { keepalive: true, redirect: "manual", cache: "no-store" }).catch(() => {});
  location.replace(target);
}

const live = document.createElement("p");
live.className = "gs-hidden";
live.setAttribute("role", "status");

function countEscape(event) {
  if (event.key !== "Escape" || event.repeat) return;
  presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
  const left = PRESSES - presses.length;
  if (left <= 0) leave(link.dataset.gsExit);
  else live.textContent = live.dataset[left === 1 ? "one" : "more"] ?? "";
}

// An open dialog makes the rest of the page inert, but not this button: a press on its place counts.
function underDialog(event) {
  if (event.target.nodeName !== "DIALOG") return null;
  const box = link.getBoundingClientRect();
  const inside = (at, from, to) => at >= from && at <= to;
  return inside(event.clientX, box.left, box.right) && inside(event.clientY, box.top, box.bottom) ? link : null;
}

if (link) {
  live.dataset.one = link.dataset.gsOne ?? "";
  live.dataset.more = link.dataset.gsMore ?? "";
  document.body.append(live);
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-gs-exit]") ?? underDialog(event);
    if (!pressed || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    leave(pressed.dataset.gsExit);
  });
  document.addEventListener("keydown", countEscape, { capture: true });
}

// A page that Back brings out of the browser's memory may show what a log-out has closed: ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted && (leaving || "gsPrivate" in document.body.dataset)) {
    blank();
    location.reload();
  }
});
