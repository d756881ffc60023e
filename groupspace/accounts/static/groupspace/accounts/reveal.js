// A button beside each password field shows what was typed. The field itself stays what it is: paste and managers work.

for (const field of document.querySelectorAll("input[data-gs-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gs-button gs-button--quiet";
  button.textContent = field.dataset.gsReveal;
  button.setAttribute("aria-controls", field.id);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  field.form?.addEventListener("submit", () => {
    field.type = "password";
  });
  // The field stays in its place: a field that is moved loses focus, and what somebody is typing goes nowhere.
  field.after(button);
  field.parentElement.classList.add("gs-field--with-button");
}
