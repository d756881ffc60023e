// Switches signs on this device on and off. Without it, or where a browser cannot do it, the box stays hidden.
const box = document.querySelector("[data-gs-push]");

const raw = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const say = (name) => {
  for (const part of box.querySelectorAll("[data-gs-push-when]")) part.hidden = part.dataset.gsPushWhen !== name;
};

const tell = (turn, subscription) => {
  const { endpoint, keys } = subscription.toJSON();
  const body = new FormData(box.querySelector("form"));
  body.set("turn", turn);
  body.set("endpoint", endpoint);
  body.set("public_key", keys.p256dh);
  body.set("secret", keys.auth);
  return fetch(box.querySelector("form").action, { method: "POST", body, headers: { Accept: "application/json" } });
};

const worker = () => navigator.serviceWorker.register(box.dataset.gsPush, { scope: "/" });

const state = async () => {
  if (Notification.permission === "denied") return say("denied");
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  return say(subscription ? "on" : "off");
};

const act = {
  async on() {
    if ((await Notification.requestPermission()) !== "granted") return;
    await worker();
    const registration = await navigator.serviceWorker.ready;
    const key = raw(box.dataset.gsPushKey);
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const answer = await tell("on", subscription);
    if (!answer.ok) {
      await subscription.unsubscribe();
      throw new Error(String(answer.status));
    }
  },
  async off() {
    const registration = await navigator.serviceWorker.getRegistration("/");
    const subscription = await registration?.pushManager.getSubscription();
    if (subscription) {
      await tell("off", subscription);
      await subscription.unsubscribe();
    }
  },
};

if (box && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  box.hidden = false;
  state();
  box.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("click", async (event) => {
    const turn = event.target.closest("[data-gs-push-turn]")?.dataset.gsPushTurn;
    if (!turn) return;
    try {
      await act[turn]();
      await state();
    } catch {
      say("failed");
    }
  });
}
