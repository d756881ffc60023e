// Names of members after an @, in the bare text box and in the editor: a list to choose from with the arrows and Enter.
// The names come from the server once, when somebody types the first @. Without this file one types the name oneself.

const source = document.getElementById("gs-names").dataset.gsNames;
const MOST = 6;
let names;
let list;
let field;
let found = [];
let chosen = 0;
let closedFor; // what stood after the @ when the list was sent away

document.addEventListener("input", (event) => update(event.target));
document.addEventListener("keydown", onKey, true); // before the editor takes Enter for a new line
document.addEventListener("focusout", (event) => {
  if (list && event.target === field) close();
});

async function update(target) {
  const place = placeOf(target);
  const typed = place && before(target).match(/(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_][^@\n]{0,39}|)$/u)?.[1];
  if (typed === undefined || typed === null || typed === closedFor) return close();
  closedFor = undefined;
  names ??= fetch(source, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : { names: [] }))
    .then((data) => data.names)
    .catch(() => []);
  const start = typed.toLocaleLowerCase();
  const all = await names;
  if (placeOf(target) === null) return close();
  found = all.filter((name) => name.toLocaleLowerCase().startsWith(start)).slice(0, MOST);
  if (!found.length || found.some((name) => name.toLocaleLowerCase() === start && found.length === 1)) return close();
  show(target);
}

// The bare text box, or the text of the editor; nothing else.
function placeOf(target) {
  if (target.matches?.("textarea[data-gs-editor]") && !target.hidden) return target;
  return target.closest?.(".gs-editor__text") ?? null;
}

// What stands in the same line before the caret.
function before(target) {
  if (target.value !== undefined) return target.value.slice(0, target.selectionStart).split("\n").at(-1);
  const selection = getSelection();
  const node = selection.anchorNode;
  return node?.nodeType === Node.TEXT_NODE && selection.isCollapsed ? node.data.slice(0, selection.anchorOffset) : "";
}

function show(target) {
  if (field !== target || !list) {
    list?.remove();
    field = target;
    list = document.createElement("ul");
    list.className = "gs-names";
    list.id = "gs-names-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "@");
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays in the text
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(found[[...list.children].indexOf(option)]);
    });
    document.body.append(list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
  }
  chosen = 0;
  list.replaceChildren(...found.map((name, i) => {
    const option = document.createElement("li");
    option.id = `gs-name-${i}`;
    option.setAttribute("role", "option");
    option.textContent = name;
    return option;
  }));
  mark();
  put();
}

function mark() {
  [...list.children].forEach((option, i) => option.setAttribute("aria-selected", i === chosen));
  field.setAttribute("aria-activedescendant", `gs-name-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

// Beside the caret in the editor, below the text box otherwise.
function put() {
  let box = field.getBoundingClientRect();
  if (field.value === undefined) {
    const range = getSelection().getRangeAt(0).getBoundingClientRect();
    if (range.height) box = range;
  }
  const left = Math.min(box.left, innerWidth - list.offsetWidth - 16);
  list.style.left = `${Math.max(left, 8) + scrollX}px`;
  list.style.top = `${box.bottom + scrollY + 4}px`;
}

function onKey(event) {
  if (!list || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen = (chosen + step + found.length) % found.length;
    mark();
  } else if (event.key === "Enter" || event.key === "Tab") {
    take(found[chosen]);
  } else if (event.key === "Escape") {
    closedFor = before(field).split("@").at(-1);
    close();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

// Typed as a person would, so that the editor, the draft and Undo know of it.
function take(name) {
  const typed = before(field).split("@").at(-1);
  const target = field;
  close();
  closedFor = `${name} `;
  if (target.value !== undefined) {
    target.setRangeText(`${name} `, target.selectionStart - typed.length, target.selectionStart, "end");
    target.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  const selection = getSelection();
  for (let i = 0; i < typed.length; i += 1) selection.modify("extend", "backward", "character");
  document.execCommand("insertText", false, `${name} `);
}

function close() {
  list?.remove();
  for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
  list = field = undefined;
  found = [];
}
