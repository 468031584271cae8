// Opens the volunteers' pages without a network: keeps one page that says nothing about anybody,
// with its styles and scripts. What belongs to a person is never cached.

const SHELL = `/volunteer/offline/${self.location.search}`;
const CACHE = `volunteer-${self.location.search}`;

async function fill() {
  const cache = await caches.open(CACHE);
  const answer = await fetch(SHELL, { credentials: "omit", cache: "reload" });
  if (!answer.ok) throw new Error(`shell: ${answer.status}`);
  const page = await answer.clone().text();
  const assets = [...page.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await cache.addAll(assets);
  await cache.put(SHELL, answer);
}

async function tidy() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
