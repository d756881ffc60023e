// Offers the names of steps and ends where staff say what comes next, and lets jumps follow a name that changes.
const NAMES = "kb-stepplan-names";
const NAME = /^(?:steps|ends)-(\d+)-value-name$/;

const names = () =>
  [...document.querySelectorAll("input[name^='steps-'], input[name^='ends-']")].filter((input) => {
    if (!NAME.test(input.name) || !input.value.trim()) return false;
    return document.getElementsByName(input.name.replace(/value-name$/, "deleted"))[0]?.value !== "1";
  });

const offer = () => {
  const list = document.getElementById(NAMES) ?? document.body.appendChild(document.createElement("datalist"));
  list.id = NAMES;
  list.replaceChildren(...names().map((input) => new Option(input.value.trim())));
};

let before = "";
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-kb-jump]")) offer();
  if (NAME.test(target.name ?? "")) before = target.value.trim();
});
document.addEventListener("change", ({ target }) => {
  if (!NAME.test(target.name ?? "") || !before || names().some((input) => input.value.trim() === before)) return;
  for (const jump of document.querySelectorAll("[data-kb-jump]")) {
    if (jump.value.trim() === before) jump.value = target.value.trim();
  }
  before = target.value.trim();
});
