/** @file Captions and strings the tokenizer tests share. */
import fc from "fast-check";

export const captions: readonly string[] = [
  "a small red block sitting on a large green block",
  "a small red block sitting on a large blue block",
  "an armchair in the shape of an avocado. an armchair imitating an avocado.",
  "A LARGE GREEN SPHERE on the left, isn't it?  two spaces",
  "the exact same cat on the top as a sketch on the bottom",
  "a triangular yellow manhole cover in the shape of a triangle",
  "ein süßer Fuchs, ein roter Fuchs; été à la plage",
  "قطة صغيرة حمراء على كرسي أزرق",
  "🦊🦊 👩‍👩‍👧 a fox emoji 🦊 and 1234 foxes",
];

/** Any string of whole characters: no lone surrogates, which UTF-8 cannot hold. */
export const anyText = fc.string({ unit: "binary", maxLength: 80 });

/** Strings of the letters that captions are made of, where many merges apply and overlap. */
export const mergingText = fc.string({
  unit: fc.constantFrom(..."aab red", "an", "ed ", "the", "'s", "É", "🦊", "\n", "\u0301"),
  maxLength: 60,
});
