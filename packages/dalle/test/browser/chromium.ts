/** @file The system's Chromium, started without a window. */
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

const chromiumPath = findChromium();

/** Whether tests in a page can run; says why where they cannot. */
export const hasChromium = chromiumPath !== undefined;
if (!hasChromium) {
  console.warn(
    "Skipped: tests in a page need Chromium, and none was found; run `npm run setup:chromium`, or set CHROMIUM to one.",
  );
}

export function startChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    // Tests may run as root, in a container with little shared memory.
    args: ["--no-sandbox", "--disable-dev-shm-usage", ...flags],
  });
}
