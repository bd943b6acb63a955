/**
 * @file ruDALL-E's tokenizer, a model of youtokentome [SPEC §7.6], as a tokenizer.json. The file is lines of integers: how many
 * characters and rules there are; a code point and its id each; two ids and the id of their union each, best first; and the
 * ids of unknown, padding, start and end. Start, end and padding are added where the model is fed.
 */
import { DalleError } from "@dalle-ts/tensor";
import { bytePairJson } from "../byte-pair-json.js";
import { textEndingIn } from "../read-texts.js";

/** What youtokentome puts in front of each word. */
const wordMark = "▁";
const specialNames = ["<UNK>", "<PAD>", "<BOS>", "<EOS>"] as const;

/** Path of `bpe.model`, among others → the text of a tokenizer.json. */
export async function rudalleTokenizerJson(paths: readonly string[]): Promise<string> {
  const { vocabulary, merges } = parseModel(await textEndingIn(paths, ".model", "bpe.model"));
  const spacing = {
    type: "Metaspace",
    replacement: wordMark,
    prepend_scheme: "always",
    split: true,
  };
  return bytePairJson({
    normalizers: [
      { type: "Lowercase" },
      { type: "Strip", strip_left: true, strip_right: true },
      // ASCII's white space alone; the mark of a word counts as one.
      { type: "Replace", pattern: { Regex: `[\\t-\\r ${wordMark}]+` }, content: " " },
      { type: "Strip", strip_left: true, strip_right: true },
    ],
    preTokenizer: spacing,
    decoder: spacing,
    unknown: specialNames[0],
    fuseUnknown: true,
    vocabulary,
    merges,
  });
}

/** tokenizerJson: of `rudalleTokenizerJson` → the ids in front of a caption and behind it. */
export function captionEnds(tokenizerJson: string): { textStart: number; textEnd: number } {
  const vocabulary: Record<string, number> = JSON.parse(tokenizerJson).model.vocab;
  return { textStart: vocabulary["<BOS>"]!, textEnd: vocabulary["<EOS>"]! };
}

/** text: of a bpe.model. A `DalleError` where it is none. */
export function parseModel(text: string): {
  readonly vocabulary: Record<string, number>;
  readonly merges: readonly (readonly [string, string])[];
} {
  const rows = text.trimEnd().split(/\r?\n/).map(parseLine);
  const [[characters, rules] = [], ...rest] = rows;
  if (characters === undefined || rest.length !== characters + rules! + 1) throw refuse();
  const tokens = new Map<number, string>();
  const add = (id: number | undefined, token: string) => {
    if (id === undefined || tokens.has(id)) throw refuse();
    tokens.set(id, token);
  };
  const specials = rest.at(-1)!;
  for (const [index, name] of specialNames.entries()) add(specials[index], name);
  for (const [codePoint, id] of rest.slice(0, characters)) add(id, character(codePoint!));
  const merges = rest.slice(characters, -1).map(([left, right, union]) => {
    const pair = [tokens.get(left!), tokens.get(right!)] as const;
    if (pair[0] === undefined || pair[1] === undefined) throw refuse();
    add(union, pair[0] + pair[1]);
    return pair as readonly [string, string];
  });
  const vocabulary = Object.fromEntries([...tokens].map(([id, token]) => [token, id]));
  // Ids stand for texts here: two of one text could not both be told.
  if (Object.keys(vocabulary).length !== tokens.size) throw refuse();
  return { vocabulary, merges };
}

function parseLine(line: string): number[] {
  if (!/^\d{1,9}( \d{1,9}){1,3}$/.test(line)) throw refuse();
  return line.split(" ").map(Number);
}

function character(codePoint: number): string {
  if (codePoint > 0x10ffff) throw refuse();
  return String.fromCodePoint(codePoint);
}

function refuse(): DalleError {
  return new DalleError("bad_file", "bpe.model is no model of youtokentome; get the file again.");
}
