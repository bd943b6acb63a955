/**
 * @file Keeps every file of the page, so that it opens without a connection, and adds the two headers that let it use
 * threads, for hosts that cannot send them. The model is kept by the library itself.
 */
const CACHE = "dalle-ts-page";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === location.origin && request.method === "GET";
  if (isOurs && !request.url.includes("/models/")) event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    // Without room for a copy the page works as long as there is a connection.
    if (response.ok) await cache.put(request, response.clone()).catch(console.warn);
    return isolated(response);
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return isolated(kept);
    throw error;
  }
}

function isolated(response) {
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
