/**
 * @file What dalle-mini does to a caption before its byte pairs [SPEC §7.4], as steps of a tokenizer.json: plain ASCII
 * in lower case, emoji by name, addresses and tags out, numbers and short forms kept whole, all other punctuation a
 * comma. Hashtags are cut into words where the model has a list of them; letters outside Latin scripts are left out.
 */
import { HASHTAG_STEP } from "dalle-ts/parts";
import { emojiNormalizers } from "../emoji-names.js";
import { mendingNormalizers } from "../mended-text.js";

/** Stand for a dot, a quote and a slash that are kept; the program's own, as its other steps take them for letters. */
const [dot, quote, slash] = ["dot", "quote", "slash"].map((sign) => `xtokx${sign}xtokx`);

/** Signs that plain text has other ones for; accents come off by themselves. */
const plain: Readonly<Record<string, string>> = {
  ...{ "[‘’‚‛′]": "'", "[“”„«»″]": '"', "[‐‑‒–—―−]": "-", "…": "..." },
  ...{ ß: "ss", Æ: "AE", æ: "ae", Œ: "OE", œ: "oe", Ø: "O", ø: "o", Ł: "L", ł: "l" },
  ...{ Đ: "D", đ: "d", Þ: "Th", þ: "th", Ð: "D", ð: "d", ı: "i", "×": "x", "÷": "/" },
  ...{
    ẞ: "Ss",
    "°": "deg",
    "€": "EUR",
    "£": "PS",
    "¥": "Y=",
    "§": "SS",
    µ: "u",
    "[•·]": "*",
    "±": "+-",
  },
};

/** In the order in which they are done. */
export function dalleMiniNormalizers(): object[] {
  return [
    ...mendingNormalizers(),
    ...emojiNormalizers(":"),
    ...Object.entries(plain).map(([sign, meant]) => replace(sign, meant)),
    { type: "NFKD" },
    replace("\u2044", "/"), // of "½"
    replace("[^\\x00-\\x7F]", ""),
    { type: "Lowercase" },
    replace("^\\s*\\[\\d+\\]|\\[\\d+\\]\\s*$", ""),
    replace("<[^<]+?>", " "),
    replace("http\\S+", ""),
    ...[1, 2].map(() => replace("(\\d),(\\d{3})", "$1$2")),
    replace("(\\w)\\.(\\w)", `$1${dot}$2`),
    replace("'(?=(?:[stdm]|ll|re|ve)\\b)", quote!),
    replace("(\\d)/(\\d)", `$1${slash}$2`),
    replace("(\\w)-(\\w)", "$1 $2"),
    replace("([%&/$*])", " $1 "),
    HASHTAG_STEP,
    replace("[_#\\\\]", " "),
    replace("['\"`]", ' " '),
    replace("[()\\[\\].,|:;?!=+~\\-/{}]", ","),
    replace(dot!, "."),
    replace(quote!, "'"),
    replace(slash!, "/"),
    replace("(\\D)\\1{3,}", "$1"),
    replace('\\s*"[\\s"]*', ' " '),
    replace("\\s*,[\\s,]*", ", "),
    replace("\\s+", " "),
    replace("^\\s*,?\\s*", ""),
    replace("\\s*,?\\s*$", ""),
  ];
}

/** content may name groups of the pattern: $1. */
function replace(pattern: string, content: string): object {
  return { type: "Replace", pattern: { Regex: pattern }, content };
}
