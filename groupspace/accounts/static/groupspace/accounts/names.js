// Shows other names in their place, so that a password that was typed stays in its field. Without this file the link
// opens the page anew: no server ever sends a password back.

for (const link of document.querySelectorAll("a[data-gs-names]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = document.getElementById(link.dataset.gsNames);
      const names = fresh.querySelectorAll(`#${form.id} [name=username]`);
      const choices = form.querySelectorAll("[name=username]");
      if (names.length !== choices.length) throw new Error("another page came");
      choices.forEach((choice, i) => {
        choice.value = choice.parentElement.querySelector(".gs-choice__text").textContent = names[i].value;
        choice.checked = i === 0;
      });
      form.elements.suggested.value = fresh.querySelector(`#${form.id} [name=suggested]`).value;
      link.nextElementSibling.textContent = [...names].map((name) => name.value).join(", ");
    } catch {
      location.assign(link.href); // the page itself says what is wrong
    }
  });
}
