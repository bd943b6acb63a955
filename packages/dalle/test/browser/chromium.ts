/** @file The system's Chromium, started without a window. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** `CHROMIUM`, or where Debian and others install it; undefined where there is none. */
const chromiumPath = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));

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
