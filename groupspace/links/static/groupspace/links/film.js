// A film on another site: nothing is asked there before somebody presses the button.

function start(stage) {
  const frame = document.createElement("iframe");
  frame.className = "gs-film__frame";
  frame.title = stage.dataset.gsTitle;
  frame.allow = "fullscreen; autoplay; encrypted-media; picture-in-picture";
  frame.referrerPolicy = stage.dataset.gsReferrer;
  // No forms and no way to take this window elsewhere: whoever has the site of the film must not be able to pose as us.
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
  frame.src = stage.dataset.gsFilm;
  stage.replaceChildren(frame);
  frame.focus();
}

for (const stage of document.querySelectorAll("[data-gs-film]")) {
  const button = stage.querySelector("[data-gs-film-play]");
  if (!button?.hidden) continue;
  button.hidden = false;
  button.addEventListener("click", () => start(stage), { once: true });
}
