// Buttons above a text: read it aloud, print it. Only voices on this device: others send the text to their maker.

const SKIP = "nav, form, button, script, [hidden], [aria-hidden='true'], .kb-tools, .kb-video, .gs-meta";
const PARTS = "h1, h2, h3, h4, p, li, dt, dd, figcaption";

function localVoice(language) {
  return window.speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

function parts(root) {
  return [...root.querySelectorAll(PARTS)].filter((part) => !part.closest(SKIP) && !part.querySelector(PARTS) && part.textContent.trim());
}

function reader(button, root) {
  const speech = window.speechSynthesis;
  const language = document.documentElement.lang || "nl";
  let queue = [];
  let reading = false;

  function stop() {
    queue = [];
    reading = false;
    speech.cancel();
    button.textContent = button.dataset.kbStart;
    root.querySelector(".kb-reading")?.classList.remove("kb-reading");
  }

  function next() {
    root.querySelector(".kb-reading")?.classList.remove("kb-reading");
    const part = queue.shift();
    if (!part) return stop();
    part.classList.add("kb-reading");
    part.scrollIntoView({ block: "nearest", behavior: "auto" });
    const words = new SpeechSynthesisUtterance(part.textContent.replace(/\s+/g, " "));
    words.lang = language;
    words.voice = localVoice(language);
    words.rate = 0.95;
    words.onend = () => reading && next();
    words.onerror = () => reading && stop();
    speech.speak(words);
  }

  button.addEventListener("click", () => {
    if (reading) return stop();
    queue = parts(root);
    reading = true;
    button.textContent = button.dataset.kbStop;
    next();
  });
  // Nobody may go on hearing what somebody has left.
  window.addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
}

for (const tools of document.querySelectorAll("[data-kb-tools]")) {
  const root = tools.closest("article, main") ?? document.body;
  const print = tools.querySelector("[data-kb-print]");
  const read = tools.querySelector("[data-kb-read]");
  print.addEventListener("click", () => window.print());
  tools.hidden = false;
  if (read && "speechSynthesis" in window) {
    const offer = () => (read.hidden = !localVoice(document.documentElement.lang || "nl"));
    reader(read, root);
    offer();
    window.speechSynthesis.addEventListener?.("voiceschanged", offer);
  }
}
