// A film on another site: nothing is asked there before somebody presses the button.

function start(stage) {
  const frame = document.createElement("iframe");
  frame.className = "kb-video__frame";
  frame.title = stage.dataset.kbTitle;
  frame.allow = "fullscreen; autoplay; encrypted-media; picture-in-picture";
  frame.allowFullscreen = true;
  // YouTube shows no film to who does not say where it stands; it learns this site, never the page.
  frame.referrerPolicy = "strict-origin";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
  frame.src = stage.dataset.kbVideo;
  stage.replaceChildren(frame);
  frame.focus();
}

for (const stage of document.querySelectorAll("[data-kb-video]")) {
  const button = stage.querySelector(".kb-video__play");
  if (!button || !button.hidden) continue;
  button.hidden = false;
  button.addEventListener("click", () => start(stage), { once: true });
}
