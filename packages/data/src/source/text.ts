/** @file Text from bytes whose encoding nobody wrote down: UTF-8, UTF-16 and Windows-1252 (Latin-1), with or without a mark. */

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** What the first bytes tell; UTF-8 unless a mark or the zeros of UTF-16 say otherwise. */
export function sniffEncoding(start: Uint8Array): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  // Text in UTF-16 that is mostly Latin has a zero in every other byte; text in UTF-8 has none.
  const pairs = Math.min(start.length, 256) >> 1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (start[2 * pair] === 0) evenZeros++;
    if (start[2 * pair + 1] === 0) oddZeros++;
  }
  if (oddZeros > pairs / 2 && evenZeros === 0) return "utf-16le";
  return evenZeros > pairs / 2 && oddZeros === 0 ? "utf-16be" : "utf-8";
}

/** The text without a byte order mark. Bytes that are not UTF-8 are read as Windows-1252, in which all bytes mean something. */
export function decodeText(bytes: Uint8Array, encoding = sniffEncoding(bytes)): string {
  if (encoding !== "utf-8") return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** One line without control characters and double blanks; undefined if nothing is left. */
export function tidyCaption(text: string): string | undefined {
  const tidied = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return tidied === "" ? undefined : tidied;
}
