// Everything in which people write: keeps a draft on the server while they type, lets Ctrl or Cmd with Enter post,
// and brings the editor once somebody goes to the text box. Without this file the form simply works.

const WAIT = 2500;

for (const status of document.querySelectorAll("[data-gs-draft]")) keepDraft(status);
for (const textarea of document.querySelectorAll("textarea[data-gs-editor]")) {
  textarea.addEventListener("focus", () => bringEditor(textarea), { once: true });
  if (document.activeElement === textarea) bringEditor(textarea);
}
document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("form:has([data-gs-draft])");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  form.requestSubmit();
});

// What only who writes needs comes when somebody goes to the form: [data-gs-import] anywhere on the page.
for (const type of ["focusin", "pointerdown"]) document.addEventListener(type, bringRest);

function bringRest({ target }) {
  if (!target.closest?.("form:has([data-gs-draft])")) return;
  for (const type of ["focusin", "pointerdown"]) document.removeEventListener(type, bringRest);
  for (const { dataset } of document.querySelectorAll("[data-gs-import]")) import(dataset.gsImport);
}

async function bringEditor(textarea) {
  const calm = watchComposition(textarea);
  try {
    const { upgrade } = await import(textarea.dataset.gsEditor);
    await upgrade(textarea, calm);
  } catch {
    // Old browser or no connection: the textarea stays.
    textarea.parentElement.querySelector(".gs-editor")?.remove();
    textarea.hidden = false;
  }
}

// Return a function that waits until no accent or character is being put together: taking the textarea away would break
// it off.
function watchComposition(textarea) {
  let composing = false;
  for (const type of ["compositionstart", "compositionupdate", "compositionend"]) {
    textarea.addEventListener(type, () => (composing = type !== "compositionend"));
  }
  return async () => {
    do await new Promise((resolve) => setTimeout(resolve, 60));
    while (composing);
  };
}

function keepDraft(box) {
  const form = box.closest("form");
  const line = box.querySelector(".gs-draft__status");
  const choice = box.querySelector(".gs-draft__choice");
  const version = form.elements["gs-version"];
  let timer;
  let saving;
  let posting = false;
  let dirty = false;

  const changed = () => {
    dirty = true;
    clearTimeout(timer);
    if (choice.hidden) timer = setTimeout(save, WAIT);
  };
  form.addEventListener("input", changed);
  const early = document.activeElement; // on a slow phone people type before this file is there
  if (form.contains(early) && early.value !== (early.defaultValue ?? early.value)) changed();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty && choice.hidden) save();
  });
  form.addEventListener("submit", () => {
    posting = true;
    clearTimeout(timer);
    saving?.abort();
  });
  addEventListener("pageshow", () => (posting = false));
  box.querySelector("[data-gs-draft-keep]").addEventListener("click", () => save(true));
  box.querySelector("[data-gs-draft-other]").addEventListener("click", () => location.reload());

  async function save(overwrite = false) {
    if (posting) return;
    clearTimeout(timer);
    if (saving) {
      timer = setTimeout(save, WAIT); // one at a time, or we would be our own second window
      return;
    }
    saving = new AbortController();
    dirty = false;
    const data = new FormData(form);
    if (overwrite === true) data.set("gs-overwrite", "1");
    try {
      const answer = await fetch(box.dataset.gsDraft, {
        method: "POST",
        body: new URLSearchParams(data),
        headers: { Accept: "application/json" },
        keepalive: document.visibilityState === "hidden",
        signal: saving.signal,
      });
      const { message, version: now } = await answer.json();
      if (answer.ok) version.value = now;
      choice.hidden = answer.status !== 409;
      line.textContent = message;
      if (!answer.ok) dirty = true;
    } catch (error) {
      if (error.name !== "AbortError") {
        dirty = true;
        line.textContent = box.dataset.offline;
        timer = setTimeout(save, WAIT * 4);
      }
    } finally {
      saving = undefined;
    }
  }
}
