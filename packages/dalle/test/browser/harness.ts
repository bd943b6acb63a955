/** @file A page with the library in it, served from a folder of its own, in a real browser. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame, Page } from "playwright-core";
import { buildPage } from "./build-page.js";
import { startChromium } from "./chromium.js";
import { StaticServer } from "./static-server.js";

declare global {
  /** The page under test puts it there; only functions that run in the page may use it. */
  var library: typeof import("../../src/index.js");
}

export interface HarnessOptions {
  /** Called with the folder to be served; what is written into it has its address beside the page. */
  readonly fill: (folder: string) => Promise<unknown>;
  /** Folders elsewhere, by the path they are served under. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Of the browser. */
  readonly flags?: readonly string[];
}

export class Harness implements AsyncDisposable {
  readonly folder: string;
  readonly server: StaticServer;
  /** Sends the same without the headers that allow threads. */
  readonly plainServer: StaticServer;
  readonly #browser: Browser;

  private constructor(folder: string, browser: Browser, servers: [StaticServer, StaticServer]) {
    this.folder = folder;
    this.#browser = browser;
    [this.server, this.plainServer] = servers;
  }

  static async start({ fill, folders = {}, flags }: HarnessOptions): Promise<Harness> {
    const folder = await mkdtemp(join(tmpdir(), "dalle-page-"));
    await buildPage("page", folder);
    await fill(folder);
    const served = { folders: { "/": folder, ...folders } };
    return new Harness(folder, await startChromium(flags), [
      await StaticServer.start(served),
      await StaticServer.start({ ...served, isolated: false }),
    ]);
  }

  /** A page of a browser that has kept nothing yet. */
  async open(address = this.server.address): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(address);
    await page.waitForFunction(() => globalThis.library !== undefined);
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.server[Symbol.asyncDispose]();
    await this.plainServer[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** In the page: loads a model and is refused; the error as "code: message". */
export function refusal(page: Page | Frame, location?: string, engine?: string): Promise<string> {
  return page.evaluate(
    async ([location, engine]) => {
      const options = engine === undefined ? {} : { engine: engine as "wasm" };
      const error = await library.Dalle.load(location, options).then(
        () => undefined,
        (reason) => reason as { code: string; message: string },
      );
      return error === undefined ? "it was loaded" : `${error.code}: ${error.message}`;
    },
    [location, engine] as const,
  );
}
