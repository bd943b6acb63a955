/**
 * @file `npm run setup:chromium`: finds a Chromium for the tests in a page, and installs Debian's where there is none.
 * Without one those tests are skipped and say so; everything else works, so this never fails.
 */
import { installWithApt } from "../../../torch/native/apt.mjs";
import { findChromium } from "./find-chromium.mjs";

try {
  if (!findChromium()) {
    installWithApt(
      ["chromium"],
      "install Chromium, or set CHROMIUM to one, to run the tests in a page",
    );
  }
  console.log(`Tests in a page use ${findChromium()}.`);
} catch (error) {
  console.warn(`No Chromium: ${error instanceof Error ? error.message : error}`);
}
