/** @file Which captions are called too long. */
import { expect, test } from "vitest";
import { longCaptionWarning } from "../../src/tokenizer/long-captions.js";

/** A token a word. */
const encoder = { encode: (text: string) => Int32Array.from(text.split(" "), () => 0) };
const warningOf = (captions: readonly string[], limit: number) =>
  longCaptionWarning(
    { count: captions.length, caption: (record) => captions[record]! },
    encoder as never,
    limit,
    "model.textStates",
  );

test("captions that fit are not spoken of, and those that do not are counted", async () => {
  expect(await warningOf(["a b", "a b c"], 3)).toBeUndefined();
  expect(await warningOf(["a b", "a b c d", "a b c", "a b c d e"], 3)).toMatchInlineSnapshot(
    `"2 of 4 captions are longer than 3 tokens; what is behind them is not read, so begin anew and raise model.textStates if it matters."`,
  );
});

test("of many captions some from all over are looked at", async () => {
  const asked = new Set<number>();
  const caption = (record: number) => {
    asked.add(record);
    return "a b";
  };
  const captions = { count: 1_000_000, caption };
  expect(await longCaptionWarning(captions, encoder as never, 1, "x")).toMatch(/^20000 of 20000 /);
  expect(Math.max(...asked)).toBeGreaterThan(990_000);
});
