/**
 * @file GPT-2's byte alphabet: each of the 256 bytes is written as one visible character, so that a vocabulary of
 * byte strings fits in JSON. A byte that is printable in Latin-1 stands for itself; the others take U+0100 upwards in
 * order (a space is written "Ġ"). tokenizer.json and the ByteLevel parts of Hugging Face tokenizers use the same table.
 */

const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

/** symbolOfByte[b] is the character that stands for byte b. */
export const symbolOfByte: readonly string[] = (() => {
  let spare = 0x100;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(isPrintable(byte) ? byte : spare++),
  );
})();
