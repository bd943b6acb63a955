/** @file min-dalle against the reference program: prompts' ids → encoder's states → decoder's logits → greedy tokens → pixels. */
import { decodeImage, encodeText, paddingBias } from "@dalle-ts/models";
import type { CheckpointArray } from "@dalle-ts/tensor";
import { CaptionTokenizer, type CaptionTokenizerOptions, runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { type CheckRow, compareAll } from "../check/compare.js";
import { fixedRows } from "../check/fixed-rows.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import { decodeVqgan } from "../vqgan/run-vqgan.js";
import type { ImportedEncoderDecoder } from "./import-min-dalle.js";
import { captionEnds } from "./tokenizer-json.js";

/** The strength of guidance in the reference's greedy tokens: −15 · unconditional + 16 · conditional. */
const guidance = 16;

/** tokenizerJson: of `minDalleTokenizerJson`. */
export async function checkMinDalle(
  imported: ImportedEncoderDecoder,
  tokenizerJson: string,
  reference: Reference,
  options: CaptionTokenizerOptions = {},
): Promise<CheckRow[]> {
  const { config } = imported;
  const start = reference.integers("start_token").data[0]!;
  const steps = Array.from(reference.integers("logit_steps").data, Number);
  const forced = await run(imported, reference, start, reference.integers("image_tokens").data);
  const { imageVocabulary } = config;
  const logits = steps.flatMap((step) =>
    [0, 1].map((row) => rowOf(forced.logits, row * config.imageStates + step, imageVocabulary)),
  );
  // Fed with the expected tokens, each step must choose the next of them: then drawing one by one would too.
  const greedy = reference.integers("greedy_tokens").data;
  const drawn = await run(imported, reference, start, greedy);
  const chosen = BigInt64Array.from({ length: config.imageStates }, (_, step) =>
    BigInt(bestCode(drawn.logits, step, config)),
  );
  const found = new Map<string, CheckpointArray>([
    ["prompt_tokens", await promptIds(tokenizerJson, options, reference)],
    ["encoder_state", forced.states],
    ["logits", concat(logits)],
    ["greedy_tokens", chosen],
    ["pixels", await pixels(imported, reference)],
  ]);
  return compareAll(reference, found).filter(({ name }) => !selections.has(name));
}

/** The ids of each prompt between the start's and the end's, −1 after them. */
async function promptIds(
  tokenizerJson: string,
  options: CaptionTokenizerOptions,
  reference: Reference,
): Promise<BigInt64Array> {
  const tokenizer = CaptionTokenizer.fromJson(tokenizerJson, options);
  const { textStart, textEnd } = captionEnds(tokenizerJson);
  const rows = (await reference.prompts()).map((prompt) => [
    textStart,
    ...tokenizer.encode(prompt),
    textEnd,
  ]);
  return fixedRows(rows, Math.max(...rows.map((row) => row.length)), -1);
}

/** Expected "results" that only say which numbers the others hold. */
const selections: ReadonlySet<string> = new Set(["logit_steps", "pixel_index"]);

/** One pass of encoder and decoder, the decoder fed with the start token and all but the last of `tokens`. */
async function run(
  { config, parameters }: ImportedEncoderDecoder,
  reference: Reference,
  start: bigint,
  tokens: BigInt64Array,
): Promise<{ states: Float32Array; logits: Float32Array }> {
  const text = reference.integers("text_tokens");
  const fed = BigInt64Array.of(start, ...tokens.subarray(0, config.imageStates - 1));
  const { graph, tree } = graphOf("encoder-decoder", parameters);
  const ids = graph.input("text", text.shape, "i64");
  const states = encodeText(tree.at("encoder"), config, ids);
  const image = graph.input("tokens", [1, fed.length], "i64").expand([text.shape[0]!, -1]);
  graph.output("states", states);
  const encoded = { states, bias: paddingBias(config, ids) };
  graph.output("logits", decodeImage(tree.at("decoder"), config, image, encoded));
  const found = await runGraph(graph, {
    text: runtimeTensor(text.data, text.shape),
    tokens: runtimeTensor(fed, [1, fed.length]),
  });
  return {
    states: found.get("states") as Float32Array,
    logits: found.get("logits") as Float32Array,
  };
}

function rowOf(matrix: Float32Array, row: number, width: number): Float32Array {
  return matrix.subarray(row * width, (row + 1) * width);
}

/** The best code of one step under guidance; the first row of `logits` is without a caption. */
function bestCode(
  logits: Float32Array,
  step: number,
  { imageStates, imageVocabulary, imageCodes }: ImportedEncoderDecoder["config"],
): number {
  const without = rowOf(logits, step, imageVocabulary);
  const captioned = rowOf(logits, imageStates + step, imageVocabulary);
  const scores = without
    .subarray(0, imageCodes)
    .map((score, code) => (1 - guidance) * score + guidance * captioned[code]!);
  return scores.indexOf(Math.max(...scores));
}

function concat(rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

/** The chosen rows and columns of the picture, channels last, 0…255. */
async function pixels(
  { vqgan }: ImportedEncoderDecoder,
  reference: Reference,
): Promise<Float32Array> {
  const planes = await decodeVqgan(vqgan, reference.integers("detoker_tokens"));
  const side = Math.sqrt(planes.length / vqgan.config.channels);
  const chosen = Array.from(reference.integers("pixel_index").data, Number);
  const values = chosen.flatMap((row) =>
    chosen.flatMap((column) =>
      [0, 1, 2].map((channel) => 255 * planes[(channel * side + row) * side + column]!),
    ),
  );
  return Float32Array.from(values);
}
