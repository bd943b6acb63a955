/** @file The page of examples/browser, used as a visitor does: with the model that ships, and without a connection. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPngMetadata } from "../../src/index.js";
import { bundledModel, readModelFolder } from "../../src/parts.js";
import { buildPage } from "./build-page.js";
import { hasChromium, startChromium } from "./chromium.js";
import { StaticServer } from "./static-server.js";

describe.skipIf(!hasChromium)("the example page", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let server: StaticServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dalle-example-"));
    await buildPage("../../../../examples/browser", folder, {});
    // A host that knows nothing of threads.
    server = await StaticServer.start({ isolated: false, folders: { "/": folder } });
    browser = await startChromium();
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const output = (text: string) => page.locator("output", { hasText: text }).waitFor();

  test("draws, cancels, and works without a connection", async () => {
    await page.goto(server.address);
    await output("Ready.");
    expect(await page.locator("#engine").textContent()).toMatch(/^WebAssembly on \d threads: /);
    await page.click("text=Draw");
    await output("Drawn in");
    const png = await page.evaluate(async () => {
      const { href } = document.querySelector<HTMLAnchorElement>("a[download]")!;
      return [...new Uint8Array(await (await fetch(href)).arrayBuffer())];
    });
    const { caption, seed, model } = readPngMetadata(Uint8Array.from(png));
    expect(caption).toBe("a small red block sitting on a large green block");
    expect(Number(seed)).toBeGreaterThanOrEqual(0);
    expect(model).toBe((await readModelFolder(bundledModel)).hash);

    await page.click("text=Draw");
    await page.click("text=Cancel");
    await output("The request was cancelled; start it again to get its result.");

    const [serviceWorker] = page.context().serviceWorkers();
    await serviceWorker!.evaluate(async () => {
      const put = Cache.prototype.put;
      Cache.prototype.put = async () => {
        Cache.prototype.put = put;
        throw new DOMException("Quota exceeded.", "QuotaExceededError");
      };
      await caches.delete("dalle-ts-page");
    });
    await page.reload();
    await output("Ready.");
    await page.reload(); // now there is room
    await output("Ready.");
    await page.click("text=Draw");
    await output("Drawn in");

    // A host that has one address for a page follows that rule with the worker too.
    server.fault = ({ path }) =>
      path === "/index.html" ? { status: 308, location: "/" } : undefined;
    await page.goto(`${server.address}index.html`);
    await output("Ready.");
    expect(page.url()).toBe(server.address);
    // The page has changed: what only the old one named is forgotten.
    const kept = () =>
      serviceWorker!.evaluate(async () => {
        const requests = await (await caches.open("dalle-ts-page")).keys();
        return requests.map(({ url }) => new URL(url).pathname);
      });
    await serviceWorker!.evaluate(async () => {
      const cache = await caches.open("dalle-ts-page");
      await cache.put("/assets/old.js", new Response("of the old page"));
    });
    const html = await readFile(join(folder, "index.html"));
    const newer = { file: Buffer.concat([html, Buffer.from("<!-- newer -->")]) };
    server.fault = ({ path }) => (path === "/" ? newer : undefined);
    await page.goto(`${server.address}?utm_source=letter`);
    await output("Ready.");
    await page.click("text=Draw");
    await output("Drawn in");
    expect(await kept()).toContain("/");
    expect(await kept()).not.toContain("/assets/old.js");

    const { address } = server;
    await server[Symbol.asyncDispose]();
    await page.goto(`${address}?utm_source=another`);
    await output("Ready.");
    await page.click("text=Draw");
    await output("Drawn in");
  });

  test("lies in any folder of its host, one named models too", async () => {
    await using host = await StaticServer.start({
      isolated: false,
      folders: { "/models/demo/": folder },
    });
    const visit = await browser.newPage();
    await visit.goto(`${host.address}models/demo/`);
    await visit.locator("output", { hasText: "Ready." }).waitFor();
    expect(await visit.locator("#engine").textContent()).toMatch(/^WebAssembly on \d threads: /);
    await visit.close();
  });
});
