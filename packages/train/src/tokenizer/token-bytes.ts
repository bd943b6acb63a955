/** @file What each token of a tokenizer.json stands for. */
import { symbolOfByte } from "./byte-alphabet.js";
import { readTokenizerJson, type TokenizerJson } from "./tokenizer-json.js";

const byteOfSymbol = new Map(symbolOfByte.map((symbol, byte) => [symbol, byte]));

/** The bytes of each id's token, in UTF-8; some are only a part of a character. */
export function tokenBytes(source: string | TokenizerJson): Uint8Array[] {
  const bytes: Uint8Array[] = [];
  for (const [symbols, id] of readTokenizerJson(source).idOfSymbol) {
    bytes[id] = Uint8Array.from(symbols, (symbol) => byteOfSymbol.get(symbol)!);
  }
  return bytes;
}
