/** @file Where the system's Chromium is. */
import { existsSync } from "node:fs";

/** `CHROMIUM`, or where Debian and others install it; undefined where there is none. */
export function findChromium() {
  const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return [process.env.CHROMIUM, ...usual].find((path) => path && existsSync(path));
}
