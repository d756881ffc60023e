// Files beside a text: taken in as soon as they are chosen, while one goes on writing.
// Without this file the buttons in the form do the same.
for (const form of document.querySelectorAll("form:has([data-gs-chosen])")) {
  const box = () => form.querySelector("[data-gs-chosen]");
  const ready = () => box().querySelector("[name$='-add']")?.setAttribute("hidden", "");
  ready();
  form.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.files.length) send(box().querySelector("[name$='-add']"));
  });
  form.addEventListener("click", (event) => {
    const out = event.target.closest("[name$='-out']");
    if (!out) return;
    event.preventDefault();
    send(out);
  });

  async function send(button) {
    const status = box().querySelector("[role=status]");
    const data = new FormData(form, button);
    status.textContent = box().dataset.busy;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
      const field = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".gs-field");
      if (!field) throw new Error(answer.status);
      box().closest(".gs-field").replaceWith(field);
      ready();
      (box().querySelector("[name*='-alt-'], [type=file]") ?? box()).focus();
      form.dispatchEvent(new Event("input")); // the draft keeps what was taken in
    } catch {
      status.textContent = box().dataset.offline;
    } finally {
      form.removeAttribute("aria-busy");
    }
  }
}
