/**
 * @file The number of heads, which no file of min-dalle's tells: the family's 64 dimensions a head, or, for checkpoints of
 * other sizes, the one with which the encoder gives what the reference expects.
 */
import { encodeText } from "@dalle-ts/models";
import { runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { compareAll } from "../check/compare.js";
import { findHeads } from "../check/find-heads.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import type { WeightSource } from "../weights.js";
import {
  type ImportedEncoderDecoder,
  importMinDalle,
  MIN_DALLE_HEAD_SIZE,
  type MinDalleFacts,
} from "./import-min-dalle.js";

/** The import with the heads that are known, or with those whose encoder fits the reference best. */
export async function importWithHeads(
  files: readonly WeightSource[],
  reference: Reference,
  facts: MinDalleFacts = {},
): Promise<ImportedEncoderDecoder> {
  if (facts.heads !== undefined) return importMinDalle(files, facts);
  const { width } = importMinDalle(files, { ...facts, heads: 1 }).config;
  const heads = await findHeads(width, MIN_DALLE_HEAD_SIZE, (guess) =>
    encoderError(importMinDalle(files, { ...facts, heads: guess }), reference),
  );
  return importMinDalle(files, { ...facts, heads });
}

async function encoderError(
  { config, parameters }: ImportedEncoderDecoder,
  reference: Reference,
): Promise<number> {
  const text = reference.integers("text_tokens");
  const { graph, tree } = graphOf("text-encoder", parameters);
  const ids = graph.input("text", text.shape, "i64");
  graph.output("encoder_state", encodeText(tree.at("encoder"), config, ids));
  const found = await runGraph(graph, { text: runtimeTensor(text.data, text.shape) });
  const row = compareAll(reference, found).find(({ name }) => name === "encoder_state");
  return row?.error ?? Number.NaN;
}
