/** @file Chromium, and the Studio page built for it. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";

/** Where Debian, Fedora and Ubuntu put it; CHROMIUM names another. */
const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

export const chromiumPath = places.find((path) => path !== undefined && existsSync(path));

/** Why tests that need it are skipped; undefined where it is there. */
export const withoutChromium = chromiumPath
  ? undefined
  : "there is no Chromium; install it, or name one in CHROMIUM";

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

/** Into the folder that the server serves. */
export async function buildPage(): Promise<void> {
  const configFile = fileURLToPath(new URL("../../vite.config.ts", import.meta.url));
  await build({ configFile, logLevel: "warn" });
}
