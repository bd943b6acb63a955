/** @file Contact sheets of captions that somebody else wrote. */
import { expect, test } from "vitest";
import { captionedSheet } from "../src/index.js";

test("characters that XML has no place for are blanks on a sheet", () => {
  const image = { width: 64, height: 8, pixels: new Uint8Array(64 * 8 * 3) };
  const sheet = (caption: string) => captionedSheet([{ image, caption }]);
  const blank = sheet("a b c d e");
  expect(sheet("a\uFFFEb\uFFFFc\u0001d\uD800e")).toEqual(blank);
  expect(sheet("a b")).not.toEqual(blank);
});
