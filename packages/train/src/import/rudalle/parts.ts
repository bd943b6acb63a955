/** @file The parts of a model folder that ruDALL-E's files become. */
import type { SandwichTransformerConfig } from "@dalle-ts/models";
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import type { ImportFacts } from "../facts.js";
import type { ImportedVqgan } from "../vqgan/import-vqgan.js";
import { rudalleHeads, rudalleHeadsNotes } from "./heads.js";
import { findRudalleTransformer, importRudalle } from "./import-rudalle.js";
import { releaseNote, releaseOfMask, releaseOfName } from "./release.js";
import { captionEnds, rudalleTokenizerJson } from "./tokenizer-json.js";

export async function rudalleParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  said: ImportFacts,
): Promise<FoundParts> {
  const tokenizer = await rudalleTokenizerJson(paths);
  const sized = importRudalle(files, { heads: 1, release: "v3" }).config;
  const { release, notes } = await findRelease(files, paths, said, sized);
  const heads = said.heads ?? rudalleHeads(sized.width);
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
      ...(said.heads === undefined ? rudalleHeadsNotes(config) : []),
      ...notes,
      ...unusedVqganNotes(vqgans),
    ],
  };
}

function unusedVqganNotes([used, ...unused]: readonly ImportedVqgan[]): string[] {
  if (!used || unused.length === 0) return [];
  return [
    `The files have ${1 + unused.length} VQGANs: taken is the first, whose pictures have ${used.config.imageSize} pixels a side. For another leave that one out.`,
  ];
}

/** As the user says it, else as the file's mask does, else by the file's name, which is worth a note. */
async function findRelease(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  { release, origins = paths }: ImportFacts,
  config: SandwichTransformerConfig,
) {
  const file = findRudalleTransformer(files)!;
  const known = release ?? (await releaseOfMask(file, config));
  if (known !== undefined) return { release: known, notes: [] };
  const assumed = releaseOfName(origins[paths.indexOf(file.path)] ?? file.path);
  return { release: assumed, notes: [releaseNote(assumed)] };
}
