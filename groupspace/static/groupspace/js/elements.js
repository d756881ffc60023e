// Small help for elements that work without it: dialogs instead of a page, the menu closes, passwords can be seen.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-gs-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.gsDialog);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-gs-dialog-close]")) event.target.closest("dialog")?.close();
});

for (const menu of document.querySelectorAll("[data-gs-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

for (const button of document.querySelectorAll("[data-gs-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The site as an app.
const { gsWorker } = document.querySelector("[data-gs-worker]")?.dataset ?? {};
if (gsWorker && matchMedia("(display-mode: standalone)").matches) navigator.serviceWorker?.register(gsWorker);
