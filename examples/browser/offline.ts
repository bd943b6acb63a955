/** @file Lets the page open without a connection, and use threads on hosts that send no headers for it. */

/** On the first visit the page starts once more, so that the service worker sees all its files. */
export async function startServiceWorker(): Promise<void> {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const isFirstVisit = !serviceWorker.controller && !sessionStorage.getItem("reloaded");
  await serviceWorker.register("service-worker.js");
  await serviceWorker.ready;
  if (!isFirstVisit) return;
  sessionStorage.setItem("reloaded", "once");
  location.reload();
}
