/** @file The parts of a model folder that ruDALL-E's files become. */
import { basename } from "node:path";
import type { SandwichTransformerConfig } from "@dalle-ts/models";
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import { familyHeads, headsNote } from "../family-heads.js";
import type { ImportFacts } from "../kinds.js";
import { importRudalle } from "./import-rudalle.js";
import { captionEnds, rudalleTokenizerJson } from "./tokenizer-json.js";

/** The released models' heads are of this size; no file tells their number. */
export const RUDALLE_HEAD_SIZE = 128;

export async function rudalleParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  said: ImportFacts,
): Promise<FoundParts> {
  const tokenizer = await rudalleTokenizerJson(paths);
  const release = said.release ?? releaseOf(paths);
  const { width } = importRudalle(files, { heads: 1, release }).config;
  const heads = said.heads ?? familyHeads(width, RUDALLE_HEAD_SIZE);
  const { config, parameters, vqgans } = importRudalle(files, { heads, release });
  const vqgan = vqgans[0]!;
  return {
    transformer: {
      config: { family: "sandwich", ...config, ...captionEnds(tokenizer) },
      parameters,
    },
    dvae: { config: { family: "vqgan", ...vqgan.config }, parameters: vqgan.parameters },
    tokenizer,
    sampling: { topK: Math.min(2048, config.imageCodes), topP: 0.995 },
    notes: [
      ...(said.heads === undefined ? [headsNote(config, RUDALLE_HEAD_SIZE)] : []),
      ...(said.release === undefined ? [releaseNote(release)] : []),
    ],
  };
}

/** By the names under which the files are published. */
function releaseOf(paths: readonly string[]): SandwichTransformerConfig["release"] {
  return paths.some((path) => /v2|emojich/i.test(basename(path))) ? "v2" : "v3";
}

function releaseNote(release: SandwichTransformerConfig["release"]): string {
  return `No weight tells which program trained the model: assumed release ${release}, by the files' names. If it was another, say --release.`;
}
