// The CMS saves by itself half a second after somebody typed. A button that is pressed meanwhile would send the same new
// page a second time, which ends on an error page. So the button waits for that saving, and after it nothing saves.
const form = document.querySelector("[data-edit-form]");
let isSaving = false;
let isSent = false;
let pressed = null;

form?.addEventListener("w-autosave:save", (event) => {
  if (isSent) event.preventDefault();
  else isSaving = true;
});

for (const name of ["success", "error"]) {
  form?.addEventListener(`w-autosave:${name}`, () => {
    isSaving = false;
    if (!pressed) return;
    const { submitter } = pressed;
    pressed = null;
    form.requestSubmit(submitter);
  });
}

form?.addEventListener(
  "submit",
  (event) => {
    if (isSaving) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = event;
    } else {
      isSent = true;
    }
  },
  { capture: true },
);

// Whoever comes back with the button of the browser goes on writing.
addEventListener("pageshow", () => {
  isSent = false;
});
