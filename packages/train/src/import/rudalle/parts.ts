/** @file The parts of a model folder that ruDALL-E's files become. */
import { basename } from "node:path";
import type { SandwichTransformerConfig } from "@dalle-ts/models";
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import { familyHeads } from "../family-heads.js";
import type { ImportFacts } from "../kinds.js";
import { importRudalle } from "./import-rudalle.js";
import { captionEnds, rudalleTokenizerJson } from "./tokenizer-json.js";

/** The released models' heads are of this size; no file tells their number. */
export const RUDALLE_HEAD_SIZE = 128;

export async function rudalleParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  { heads, release = releaseOf(paths) }: ImportFacts,
): Promise<FoundParts> {
  const tokenizer = await rudalleTokenizerJson(paths);
  const { width } = importRudalle(files, { heads: 1, release }).config;
  const { config, parameters, vqgans } = importRudalle(files, {
    heads: familyHeads("rudalle", width, RUDALLE_HEAD_SIZE, heads),
    release,
  });
  const vqgan = vqgans[0]!;
  return {
    transformer: {
      config: { family: "sandwich", ...config, ...captionEnds(tokenizer) },
      parameters,
    },
    dvae: { config: { family: "vqgan", ...vqgan.config }, parameters: vqgan.parameters },
    tokenizer,
    sampling: { topK: Math.min(2048, config.imageCodes), topP: 0.995 },
  };
}

/** By the names under which the files are published. */
function releaseOf(paths: readonly string[]): SandwichTransformerConfig["release"] {
  return paths.some((path) => /v2|emojich/i.test(basename(path))) ? "v2" : "v3";
}
