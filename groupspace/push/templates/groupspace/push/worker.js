// Shows a sign that there is something, in words that tell a bystander nothing, and a page for when there is no
// internet. It keeps nothing: no page, no word. What somebody sends without internet comes back to them on that page.
const page = "{% filter escapejs %}{% include "groupspace/push/offline.html" %}{% endfilter %}";
const words = {
{% for name, text in words.items %}  {{ name }}: "{{ text|escapejs }}",
{% endfor %}};
const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "{{ csp|escapejs }}",
  "Cache-Control": "no-store",
  "Referrer-Policy": "same-origin",
};

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

// What somebody reads of a field: words without the marks of the editor. Whatever could be a tag is none here.
const readable = (value) => value.replace(/<\/p>|<br>/g, "\n").replace(/<[^>]*>/g, "").replaceAll("<", "&lt;").trim();

const field = ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`
  + (/\s/.test(value) ? `<h2>${words.label}</h2><blockquote>${readable(value)}</blockquote>` : "");

// The form as it was sent, ready to be sent again; its key sees to it that it arrives once.
const again = async (request) => {
  const sent = [...await request.formData()];
  const typed = sent.filter(([, value]) => typeof value === "string");
  if (typed.some(([name]) => /password|otp/i.test(name))) return "";
  const files = typed.length < sent.length ? `<p>${words.files}</p>` : "";
  const fields = typed.map(field).join("");
  return `<p><strong>${words.kept}</strong></p><form method="post" action="${escape(request.url)}">${fields}${files}<p><button>${words.send}</button></p></form>`;
};

const withoutInternet = async (request) => {
  const typed = request.method === "POST" ? await again(request).catch(() => "") : "";
  const more = typed || `<p><a href="">${words.again}</a></p>`;
  return new Response(page.replace("<!--more-->", () => more), { status: 503, headers });
};

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Leaving never waits for anything.
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || new URL(event.request.url).pathname === "{{ exit|escapejs }}") return;
  const copy = event.request.clone();
  event.respondWith(fetch(event.request).catch(() => withoutInternet(copy)));
});

self.addEventListener("push", (event) => {
  const options = { body: words.news, tag: "nieuw", silent: false };
  event.waitUntil(self.registration.showNotification("{{ sender|escapejs }}", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL("{{ address|escapejs }}", self.location.origin).href;
  event.waitUntil((async () => {
    const windows = await self.clients.matchAll({ type: "window" });
    const open = windows.find((one) => one.url === address);
    return open ? open.focus() : self.clients.openWindow(address);
  })());
});
