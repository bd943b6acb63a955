/**
 * @file kakaobrain's minDALL-E against the reference program: prompts' ids → vectors → codes → pixels → logits → greedy tokens →
 * their pixels.
 */
import { denseTransformer } from "@dalle-ts/models";
import type { CheckpointArray } from "@dalle-ts/tensor";
import { CaptionTokenizer, runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { type CheckRow, compareAll } from "../check/compare.js";
import { fixedRows } from "../check/fixed-rows.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import { decodeVqgan, encodeVqgan } from "../vqgan/run-vqgan.js";
import type { ImportedKakao } from "./import-kakao.js";
import { paddingId } from "./tokenizer-json.js";

/** tokenizerJson: of `kakaoTokenizerJson`. */
export async function checkKakao(
  imported: ImportedKakao,
  tokenizerJson: string,
  reference: Reference,
): Promise<CheckRow[]> {
  const { vqgan } = imported;
  const images = reference.floats("images"); // in −1 … 1
  const pixels = { ...images, data: images.data.map((x) => (x + 1) / 2) };
  const { vectors, codes } = await encodeVqgan(vqgan, pixels);
  const forced = await run(imported, reference, "image_tokens");
  // Fed with the expected tokens, each step must choose the next of them: then drawing one by one would too.
  const drawn = await run(imported, reference, "greedy_tokens");
  const found = new Map<string, CheckpointArray>([
    ["prompt_tokens", await promptIds(imported, tokenizerJson, reference)],
    ["quant_input", vectors],
    ["codes", codes],
    ["pixels", await decodeVqgan(vqgan, reference.integers("codes"))],
    ["text_logits", forced.text],
    ["image_logits", forced.image],
    ["greedy_tokens", drawn.best],
    ["greedy_pixels", await decodeVqgan(vqgan, reference.integers("greedy_tokens"))],
  ]);
  return compareAll(reference, found);
}

/** One pass over captions and all but the last of the codes that the reference calls `name`. */
async function run(
  { config, parameters }: ImportedKakao,
  reference: Reference,
  name: string,
): Promise<{ text: Float32Array; image: Float32Array; best: BigInt64Array }> {
  const text = reference.integers("text_tokens");
  const codes = reference.integers(name);
  const { graph, tree } = graphOf("dense-transformer", parameters);
  const given = graph.input("codes", codes.shape, "i64").slice(1, 0, config.imageStates - 1);
  const logits = denseTransformer(tree, config, graph.input("text", text.shape, "i64"), given);
  graph.output("text_logits", logits.text);
  graph.output("image_logits", logits.image);
  graph.output("best", logits.image.argmax(-1));
  const found = await runGraph(graph, {
    text: runtimeTensor(text.data, text.shape),
    codes: runtimeTensor(codes.data, codes.shape),
  });
  return {
    text: found.get("text_logits") as Float32Array,
    image: found.get("image_logits") as Float32Array,
    best: found.get("best") as BigInt64Array,
  };
}

/** The ids of each prompt, cut to the text states and filled up with padding. */
async function promptIds(
  { config: { textStates } }: ImportedKakao,
  tokenizerJson: string,
  reference: Reference,
): Promise<BigInt64Array> {
  const tokenizer = CaptionTokenizer.fromJson(tokenizerJson);
  const rows = (await reference.prompts()).map((prompt) => tokenizer.encode(prompt));
  return fixedRows(rows, textStates, paddingId(tokenizerJson));
}
