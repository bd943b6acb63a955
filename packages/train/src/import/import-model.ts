/** @file A public checkpoint as a model folder: what its kind finds in the files, written as any model is. */
import { basename } from "node:path";
import type { WeightFormat } from "@dalle-ts/tensor";
import type { ModelConfig } from "dalle-ts";
import { exportImported } from "../export/export-imported.js";
import type { ImportFacts } from "./facts.js";
import { type ImportKind, refuseUselessFacts } from "./kinds.js";
import { withCheckpoints } from "./open-checkpoints.js";

export interface ImportOptions extends ImportFacts {
  /** Of the model. */
  readonly name: string;
  /** Of the linear layers; everything else is stored as f32. */
  readonly weightFormat: WeightFormat;
  /** A model that gets what is imported added: a CLIP, to rerank with. */
  readonly base?: ModelConfig;
  /** Told, in a sentence each, what no file tells and was assumed. @default nobody is told */
  readonly onNote?: (note: string) => void;
}

/**
 * paths: the checkpoint's files, in any order. Weights go from the files to the folder one at a time. Returns the config that
 * was written.
 */
export async function importModel(
  [kindName, kind]: readonly [name: string, kind: ImportKind],
  paths: readonly string[],
  folder: string,
  { name, weightFormat, base, onNote, ...facts }: ImportOptions,
): Promise<ModelConfig> {
  refuseUselessFacts([kindName, kind], facts);
  return withCheckpoints(paths, async (files) => {
    const { notes = [], ...parts } = await kind.parts(files, paths, facts);
    for (const note of notes) onNote?.(note);
    const names = paths.map((path) => basename(path)).join(", ");
    const trainedOn = `Imported from ${names}, files of the kind ${kindName}; docs/import.md says who published such files, and under which licence.`;
    return exportImported(
      folder,
      name,
      { ...parts, trainedOn, ...(base ? { base } : {}) },
      weightFormat,
    );
  });
}
