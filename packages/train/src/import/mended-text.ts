/**
 * @file What programs that took OpenAI's CLIP for their example do to a caption before its words are looked for: `ftfy`
 * mends what typography and the web did to it, and HTML's names of signs are read. Steps of a tokenizer.json; text that
 * was decoded wrongly is left as it is, and of the names only the common ones are known.
 */

/** HTML's names of signs, the one of "&" last: what it uncovers is no name yet. */
const namedSigns: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&amp;": "&",
};

/** Two letters that are one sign in print. */
const ligatures: Readonly<Record<string, string>> = {
  ...{ Ĳ: "IJ", ĳ: "ij", ŉ: "ʼn", Ǳ: "DZ", ǲ: "Dz", ǳ: "dz", Ǆ: "DŽ", ǅ: "Dž", ǆ: "dž" },
  ...{ Ǉ: "LJ", ǈ: "Lj", ǉ: "lj", Ǌ: "NJ", ǋ: "Nj", ǌ: "nj" },
  ...{ ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "ſt", ﬆ: "st" },
};

/** Signs as wide as Chinese ones, and Japanese ones of half the width, as those of their usual width. */
function usualWidths(): [string, string][] {
  const signs = Array.from({ length: 0xffef - 0xff01 + 1 }, (_, index) =>
    String.fromCharCode(0xff01 + index),
  );
  const narrowed = signs.map((sign): [string, string] => [sign, sign.normalize("NFKC")]);
  return [["\u3000", " "], ...narrowed.filter(([sign, usual]) => sign !== usual)];
}

/** In the order in which they are done; white space is left to whoever splits the words. */
export function mendingNormalizers(): object[] {
  const names = Object.entries(namedSigns).map(([name, sign]) => replace(name, sign));
  const printed = [...Object.entries(ligatures), ...usualWidths()];
  return [
    ...names,
    ...names, // "&amp;lt;"
    replaceAll("\\x1b\\[[\\d;]*[a-zA-Z]", ""), // colours of a terminal
    ...printed.map(([sign, usual]) => replace(sign, usual)),
    replaceAll("[\\u02bc\\u2018-\\u201b]", "'"),
    replaceAll("[\\u201c-\\u201f]", '"'),
    replaceAll(
      "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\u206a-\\u206f\\ufeff\\ufff9-\\ufffc]", // say nothing that can be seen
      "",
    ),
    { type: "NFC" },
  ];
}

function replace(sign: string, content: string): object {
  return { type: "Replace", pattern: { String: sign }, content };
}

function replaceAll(pattern: string, content: string): object {
  return { type: "Replace", pattern: { Regex: pattern }, content };
}
