/** @file A fresh page of Chromium for each test of a file; a test whose page reports a problem fails. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { buildPage, launchChromium } from "./browser.js";
import type { TestServer } from "./server.js";

export interface ChromiumPage {
  /** Of the test that runs. */
  readonly page: Page;
  /** Problems with this text in them are what the test is about. */
  forgive(text: string): void;
}

/** Pages of this server may use the clipboard. */
export function chromiumPage(server: Pick<TestServer, "url">): ChromiumPage {
  let browser: Browser;
  let page: Page;
  let problems: string[] = [];
  beforeAll(async () => {
    await buildPage();
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const context = await browser.newContext({ reducedMotion: "reduce" });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
  });
  afterEach(async () => {
    await page.context().close();
    expect(problems).toEqual([]);
  });
  return {
    get page() {
      return page;
    },
    forgive(text) {
      problems = problems.filter((problem) => !problem.includes(text));
    },
  };
}
