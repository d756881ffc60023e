// Offers the names of parts where staff say what comes next, and lets jumps follow a name that changes.
const NAMES = "kb-jump-names";
const NAME = /^(?:steps|ends|questions)-(\d+)-value-name$/;

const names = () =>
  [...document.querySelectorAll("input[name$='-value-name']")].filter((input) => {
    if (!NAME.test(input.name) || !input.value.trim()) return false;
    return document.getElementsByName(input.name.replace(/value-name$/, "deleted"))[0]?.value !== "1";
  });

const offer = (also) => {
  const list = document.getElementById(NAMES) ?? document.body.appendChild(document.createElement("datalist"));
  list.id = NAMES;
  list.replaceChildren(...[...names().map((input) => input.value.trim()), ...(also ? [also] : [])].map((name) => new Option(name)));
};

let before = "";
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-kb-jump]")) offer(target.dataset.kbJump);
  if (NAME.test(target.name ?? "")) before = target.value.trim();
});
document.addEventListener("change", ({ target }) => {
  if (!NAME.test(target.name ?? "") || !before || names().some((input) => input.value.trim() === before)) return;
  for (const jump of document.querySelectorAll("[data-kb-jump]")) {
    if (jump.value.trim() === before) jump.value = target.value.trim();
  }
  before = target.value.trim();
});
