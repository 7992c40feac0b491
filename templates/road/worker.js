/* Keeps the page of the road and its files, and nothing else: every other answer goes by untouched. */
const kept = {{ kept|safe }};
const NAME = "ancrage-route";

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await caches.delete(NAME);
    await (await caches.open(NAME)).addAll([kept.page, ...kept.files]);
    await self.skipWaiting();
  })());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(kept.page)));
  } else if (kept.files.includes(path)) {
    event.respondWith(fetch(request).catch(() => caches.match(path)));
  }
});

self.addEventListener("sync", (event) => {
  event.waitUntil(self.clients.matchAll().then((pages) => pages.forEach((page) => page.postMessage("route"))));
});
