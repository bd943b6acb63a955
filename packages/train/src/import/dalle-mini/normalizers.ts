/**
 * @file What dalle-mini does to a caption before its byte pairs [SPEC §7.4], as steps of a tokenizer.json: plain ASCII in lower
 * case, addresses and tags out, numbers and short forms kept whole, all other punctuation a comma. Its hashtags are not cut
 * into words, which takes a list of words and their counts, and letters outside Latin scripts are left out.
 */

/** Stand for a dot, a quote and a slash that are kept: private characters, which no step touches. */
const [dot, quote, slash] = ["\uE000", "\uE001", "\uE002"];

const written: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&amp;": "&",
};

/** Signs that plain text has other ones for; accents come off by themselves. */
const plain: Readonly<Record<string, string>> = {
  ...{ "[‘’‚‛′]": "'", "[“”„«»″]": '"', "[‐‑‒–—―−]": "-", "…": "..." },
  ...{ ß: "ss", Æ: "AE", æ: "ae", Œ: "OE", œ: "oe", Ø: "O", ø: "o", Ł: "L", ł: "l" },
  ...{ Đ: "D", đ: "d", Þ: "Th", þ: "th", Ð: "D", ð: "d", ı: "i", "×": "x", "÷": "/" },
};

/** In the order in which they are done. */
export function dalleMiniNormalizers(): object[] {
  return [
    ...Object.entries(written).map(([sign, meant]) => replace(sign, meant)),
    ...Object.entries(plain).map(([sign, meant]) => replace(sign, meant)),
    { type: "NFKD" },
    replace("[^\\x00-\\x7F]", ""),
    { type: "Lowercase" },
    replace("^\\s*\\[\\d+\\]|\\[\\d+\\]\\s*$", ""),
    replace("<[^<]+?>", ""),
    replace("http\\S+", ""),
    ...[1, 2].map(() => replace("(\\d),(\\d{3})", "$1$2")),
    replace("(\\w)\\.(\\w)", `$1${dot}$2`),
    replace("'(?=(?:[stdm]|ll|re|ve)\\b)", quote!),
    replace("(\\d)/(\\d)", `$1${slash}$2`),
    replace("(\\w)-(\\w)", "$1 $2"),
    replace("([%&/$*])", " $1 "),
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
