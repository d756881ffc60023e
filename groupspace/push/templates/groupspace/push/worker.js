{% load i18n %}// Shows a sign that there is something, in words that tell a bystander nothing. It keeps nothing and fetches nothing.
self.addEventListener("push", (event) => {
  const options = { body: "{% filter escapejs %}{% translate 'Er is iets nieuws.' %}{% endfilter %}", tag: "nieuw", silent: false };
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
