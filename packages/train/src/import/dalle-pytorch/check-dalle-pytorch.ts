/**
 * @file DALLE-pytorch against the reference program: codes → pixels → logits, with a caption and without → loss →
 * greedy tokens → their pixels.
 */
import { axialTransformer } from "@dalle-ts/models";
import type { CheckpointArray } from "@dalle-ts/tensor";
import { runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { type CheckRow, compareAll } from "../check/compare.js";
import { crossEntropy } from "../check/cross-entropy.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportedDallePytorch } from "./import-dalle-pytorch.js";

interface Logits {
  /** [N, T, text tokens and paddings] */
  readonly text: Float32Array;
  /** [N, codes, image codes] */
  readonly image: Float32Array;
  readonly best: BigInt64Array;
}

export async function checkDallePytorch(
  imported: ImportedDallePytorch,
  reference: Reference,
): Promise<CheckRow[]> {
  const { codec } = imported;
  const text = reference.integers("text").data;
  const forced = await run(imported, reference, text, "image_tokens");
  const captionless = new BigInt64Array(text.length);
  const without = await run(imported, reference, captionless, "image_tokens");
  // Fed with the expected tokens, each step must choose the next of them: then drawing one by one would too.
  const drawn = await run(imported, reference, text, "greedy_tokens");
  const found = new Map<string, CheckpointArray>();
  if (codec) {
    const codes = await codec.encode(reference.floats("image"));
    found.set("codebook_indices", codes);
    found.set("decoded", await codec.decode(reference.integers("codebook_indices")));
  }
  found.set("text_logits", forced.text);
  found.set("image_logits", forced.image);
  found.set("image_logits_null", without.image);
  found.set("loss", Float32Array.of(loss(imported, reference, forced)));
  found.set("greedy_tokens", drawn.best);
  if (codec) found.set("greedy_pixels", await codec.decode(reference.integers("greedy_tokens")));
  return compareAll(reference, found);
}

/** One pass over captions of the reference's shape and all but the last of the codes that it calls `name`. */
async function run(
  { config, parameters }: ImportedDallePytorch,
  reference: Reference,
  text: BigInt64Array,
  name: string,
): Promise<Logits> {
  const { textStates, textVocabulary, gridSide } = config;
  const { shape } = reference.integers("text");
  const codes = reference.integers(name);
  const { graph, tree } = graphOf("axial-transformer", parameters);
  const given = graph.input("codes", codes.shape, "i64").slice(1, 0, gridSide ** 2 - 1);
  const logits = axialTransformer(tree, config, graph.input("text", shape, "i64"), given);
  const textIds = textVocabulary + textStates;
  const image = logits.slice(1, textStates).slice(2, textIds);
  graph.output("text_logits", logits.slice(1, 0, textStates).slice(2, 0, textIds));
  graph.output("image_logits", image);
  graph.output("best", image.argmax(-1));
  const found = await runGraph(graph, {
    text: runtimeTensor(text, shape),
    codes: runtimeTensor(codes.data, codes.shape),
  });
  return {
    text: found.get("text_logits") as Float32Array,
    image: found.get("image_logits") as Float32Array,
    best: found.get("best") as BigInt64Array,
  };
}

/** The mean of both sides' cross entropies, weighted. */
function loss(
  { config, imageLossWeight }: ImportedDallePytorch,
  reference: Reference,
  { text, image }: Logits,
): number {
  const { textVocabulary, textStates } = config;
  // Captions' ends count too: each padding is a token of its own.
  const tokens = Array.from(reference.integers("text").data, (id, index) =>
    id === 0n ? textVocabulary + (index % textStates) : Number(id),
  );
  const codes = Array.from(reference.integers("image_tokens").data, Number);
  const weighted = crossEntropy(text, tokens) + imageLossWeight * crossEntropy(image, codes);
  return weighted / (1 + imageLossWeight);
}
