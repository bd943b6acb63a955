import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptionTokenizer } from "../src/tokenizer.js";

/**
 * A byte-level tokenizer.json with the given merges, whose ids begin at `firstMerged`, in the form that `dalle train
 * tokenizer` writes.
 */
function tokenizerJson(merges: readonly string[], firstMerged = 256): string {
  let spare = 0x100;
  const bytes = Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(isPrintable ? byte : spare++);
  });
  const tokens = [...bytes, ...merges.map((merge) => merge.replace(" ", ""))];
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, use_regex: true };
  return JSON.stringify({
    version: "1.0",
    added_tokens: [],
    normalizer: { type: "Lowercase" },
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      vocab: Object.fromEntries(
        tokens.map((token, at) => [token, at < 256 ? at : at - 256 + firstMerged]),
      ),
      merges,
    },
  });
}

const tokenizer = CaptionTokenizer.fromJson(tokenizerJson(["r e", "re d", "Ġ red"]));

describe("CaptionTokenizer", () => {
  test("encodes with merges and lower case", () => {
    expect(tokenizer.vocabularySize).toBe(259);
    expect(tokenizer.encode("Red red")).toEqual([257, 258]);
    expect(tokenizer.decode([257, 258])).toBe("red red");
    expect(tokenizer.encode("")).toEqual([]);
    expect(tokenizer.decode([])).toBe("");
  });

  test("decoding gives back any text in lower case, spaces before punctuation included", () => {
    const check = (text: string) => {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text.toLowerCase());
    };
    for (const text of ["it 's , well . here ?", "قطة 🦊 👩‍👩‍👧", "\ufeffbom", "__proto__"])
      check(text);
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), check), { seed: 6 });
  });

  test("refuses what is not a string or not an id", () => {
    expect(() => tokenizer.encode(7 as never)).toThrow(/^caption: expected a string, got 7/);
    expect(() => tokenizer.fitCaption(null as never, 4)).toThrow(/^caption: expected a string/);
    for (const id of [-1, 259, 0.5, Number.NaN]) {
      expect(() => tokenizer.decode([1, id])).toThrow(/^ids: expected integers in \[0, 259\)/);
    }
  });

  test.each(["", "{", "null", "{}", "[]"])(
    "refuses the tokenizer.json %j in one sentence",
    (text) => {
      const open = () => CaptionTokenizer.fromJson(text);
      expect(open).toThrow(/^tokenizer.json cannot be used: .*; copy the model folder again\.$/s);
      expect(open).toThrow(expect.objectContaining({ code: "bad_file" }));
    },
  );
});

describe("fitCaption", () => {
  test("keeps a caption that fits and says nothing", () => {
    expect(tokenizer.fitCaption("red red", 2)).toEqual({ ids: [257, 258], dropped: undefined });
    expect(tokenizer.fitCaption("", 2)).toEqual({ ids: [], dropped: undefined });
  });

  test("cuts a longer one and hands back the rest", () => {
    expect(tokenizer.fitCaption("red red red fox", 3)).toEqual({
      ids: [257, 258, 258],
      dropped: " fox",
    });
  });

  const marked = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };
  test.each([
    { decoder: { type: "BPEDecoder", suffix: "</w>" }, tokens: ["a", "b</w>"] },
    { decoder: marked, tokens: ["▁", "a", "b"] },
  ])("cuts between words where decoding leaves out the space there: $decoder.type", (parts) => {
    const { decoder, tokens } = parts;
    const reader = CaptionTokenizer.fromJson(
      JSON.stringify({
        version: "1.0",
        added_tokens: [],
        normalizer: null,
        post_processor: null,
        decoder,
        pre_tokenizer: decoder === marked ? marked : { type: "BertPreTokenizer" },
        model: {
          type: "BPE",
          merges: [],
          end_of_word_suffix: decoder === marked ? null : "</w>",
          vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
        },
      }),
    );
    const word = tokens.map((_, id) => id);
    expect(reader.encode("ab ab")).toEqual([...word, ...word]);
    expect(reader.fitCaption("ab ab", word.length).ids).toEqual(word);
  });

  test("cuts by a tokenizer from elsewhere that leaves ids out", () => {
    const sparse = CaptionTokenizer.fromJson(tokenizerJson(["r e", "re d"], 300));
    expect([sparse.vocabularySize, sparse.largestId]).toEqual([258, 301]);
    expect(sparse.fitCaption("redredred", 2)).toEqual({ ids: [301, 301], dropped: "red" });
    expect(() => sparse.decode([302])).toThrow(/^ids: expected integers in \[0, 302\), got 302/);
    expect(typeof sparse.decode([280])).toBe("string"); // one that is left out
  });

  test("never cuts a character in two", () => {
    for (const limit of [4, 5, 6, 7]) {
      const { ids, dropped } = tokenizer.fitCaption("🦊🦊🦊", limit);
      expect([tokenizer.decode(ids), dropped]).toEqual(["🦊", "🦊🦊"]);
    }
  });

  test("kept and dropped together are the caption in lower case", () => {
    const unit = fc.constantFrom("red", " ", "x", "É", "🦊", "ق", "\u0301");
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 200 }),
        fc.integer({ min: 0, max: 30 }),
        (text, limit) => {
          const { ids, dropped = "" } = tokenizer.fitCaption(text, limit);
          expect(ids.length).toBeLessThanOrEqual(limit);
          expect((tokenizer.decode(ids) + dropped).toLowerCase()).toBe(text.toLowerCase());
          if (tokenizer.encode(text).length <= limit) expect(dropped).toBe("");
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  test("a caption of a million characters is cut before it is encoded", () => {
    const start = performance.now();
    const { ids, dropped } = tokenizer.fitCaption("redfox".repeat(170_000), 256);
    expect(ids).toHaveLength(256);
    expect(dropped).toHaveLength(1_020_000 - tokenizer.decode(ids).length);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
