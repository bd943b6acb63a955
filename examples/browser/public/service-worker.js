/**
 * @file Keeps every file of the page, so that it opens without a connection, and adds the two headers that let it use
 * threads, for hosts that cannot send them. The model is kept by the library itself.
 */
const CACHE = "dalle-ts-page";
const models = new URL("models/", self.registration.scope).href;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === location.origin && request.method === "GET";
  if (isOurs && !request.url.startsWith(models)) event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.type === "opaqueredirect") return response; // the browser's to follow
    // Without room for a copy the page works as long as there is a connection.
    if (response.ok) await keep(cache, request, response.clone()).catch(console.warn);
    return isolated(response);
  } catch (error) {
    const kept = await cache.match(nameOf(request));
    if (kept) return isolated(kept);
    throw error;
  }
}

/** Another page than before names other files: those of the old one go. */
async function keep(cache, request, response) {
  const name = nameOf(request);
  const old = request.mode === "navigate" ? await cache.match(name) : undefined;
  if (old && (await old.text()) !== (await response.clone().text())) {
    for (const key of await cache.keys()) await cache.delete(key);
  }
  await cache.put(name, response);
}

/** A page is the same whatever is asked of it behind a question mark. */
function nameOf(request) {
  return request.mode === "navigate" ? request.url.replace(/[?#].*/, "") : request;
}

function isolated(response) {
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
