// Buttons that only work with a script: copy the address, hand it to another app. Without a script they stay away.
for (const box of document.querySelectorAll("[data-kb-share]")) {
  const { title, address } = box.dataset;
  const said = box.querySelector("[data-kb-said]");
  const offer = (name, works, act) => {
    const button = box.querySelector(`[data-kb-${name}]`);
    if (!button || !works) return;
    button.hidden = false;
    button.addEventListener("click", act);
  };

  offer("copy", navigator.clipboard?.writeText, async () => {
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = said.dataset.done;
    } catch {
      said.textContent = said.dataset.failed;
      box.querySelector("input").select();
    }
  });
  offer("send", navigator.share, async () => {
    try {
      await navigator.share({ title, url: address });
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = said.dataset.failed;
    }
  });
}
