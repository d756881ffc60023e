// Words of support without leaving the place: sends the form of the button, and puts in what comes back.
// Without this file the button posts and the page comes back at the same message.

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const words = button?.name === "woord" && button.closest("[data-gs-words]");
  if (!words) return;
  event.preventDefault();
  if (words.ariaBusy === "true") return;
  words.ariaBusy = "true";
  const data = new FormData(event.target);
  data.set("woord", button.value);
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { "X-Requested-With": "fetch" },
    });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-gs-words]");
    const wasOpen = words.querySelector("details")?.open && button.closest("details");
    words.replaceWith(fresh);
    const more = fresh.querySelector("details");
    if (more && wasOpen) more.open = true;
    const scope = wasOpen ? more : fresh;
    (scope.querySelector(`[value="${CSS.escape(button.value)}"]`) ?? more?.querySelector("summary"))?.focus();
  } catch {
    words.ariaBusy = "false";
    location.assign(button.formAction.replace(/woord\/$/, "")); // the page itself says what is the matter
  }
});
