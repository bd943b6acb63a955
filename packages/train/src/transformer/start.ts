/**
 * @file What a run goes on from instead of random parameters: an earlier run, or the transformer of a model folder,
 * which may know other words and codes than the run has, and have fewer layers.
 */
import { isDeepStrictEqual } from "node:util";
import type { TransformerConfig } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import { disposeParameters } from "../parameters.js";
import { differences } from "../run/differences.js";
import { isModelFolder } from "../run/model-parts.js";
import {
  hasCodesOf,
  openTokenizerRun,
  type TrainedDvae,
  type TrainedTransformer,
} from "../run/run-folder.js";
import { openDvae, openTransformer } from "../run/trained-parts.js";
import { carryOver, type Vocabularies } from "./carry-over.js";
import { canDeepen, deepen } from "./deepen.js";
import type { PairSource, TransformerStart } from "./task.js";

export interface FoundStart {
  readonly start: TransformerStart;
  /** What its tables are of, where the run's are of others. */
  readonly foreignVocabularies?: Vocabularies;
  /** Layers that were added. */
  readonly added: number;
}

/**
 * config, target: the run's. Throws where the shapes differ, and where other words or codes than the run's are not at hand: a
 * model folder holds its own, a run folder does not.
 */
export async function findStart(
  folder: string,
  config: TransformerConfig,
  target: { readonly dvae: TrainedDvae; readonly tokenizerHash: string },
  device: string,
): Promise<FoundStart> {
  const found = await openTransformer(folder, device);
  const deepens = canDeepen(found.config.layers, config.layers);
  const layers = deepens ? config.layers : found.config.layers;
  const { textVocabulary, imageCodes } = config;
  const fitting = { ...found.config, textVocabulary, imageCodes, layers };
  if (!isDeepStrictEqual(fitting, config)) throw unfitting(folder, fitting, config);
  const start = deepens ? deeper(found, config) : found;
  const added = config.layers - found.config.layers;
  const { hashes } = found;
  const knows = hasCodesOf(target.dvae, hashes.dvae) && hashes.tokenizer === target.tokenizerHash;
  if (knows) return { start, added };
  if (!(await isModelFolder(folder))) {
    throw new DalleError(
      "bad_option",
      `${folder} was trained with another tokenizer or dVAE and is a run, which does not hold them; pass the ones it was trained with, or a model folder that \`dalle export\` made of it.`,
    );
  }
  const [{ text }, dvae] = [await openTokenizerRun(folder), await openDvae(folder, device)];
  return { start, foreignVocabularies: { tokenizer: text, dvae }, added };
}

/** What to say to get the shape of the folder, as far as a recipe decides it; the grid is the dVAE's. */
function unfitting(folder: string, has: TransformerConfig, wanted: TransformerConfig) {
  const { gridRows, gridColumns, ...shape } = has;
  const settings = Object.entries(shape)
    .filter(([key, value]) => value !== wanted[key as keyof TransformerConfig])
    .map(([key, value]) => `--set model.${key}=${value}`);
  const isOtherGrid = gridRows !== wanted.gridRows || gridColumns !== wanted.gridColumns;
  const next = [
    ...(settings.length > 0 ? [`say ${settings.join(" ")}`] : []),
    ...(isOtherGrid ? [`take a dVAE of ${gridRows} × ${gridColumns} codes`] : []),
  ].join(" and ");
  return new DalleError(
    "bad_option",
    `${folder} has another shape than this run (${differences(has, wanted).join(", ")}); ${next}, or begin without --from.`,
  );
}

/** The same with the layers of `config`; what was found is used up. */
function deeper(found: TrainedTransformer, config: TransformerConfig): TransformerStart {
  const parameters = deepen(found.parameters, found.config.layers, config);
  disposeParameters(found.parameters);
  return { ...found, parameters };
}

/** Pictures by whose codes two dVAEs are compared. */
const COMPARED = 2048;

/** The start as it is, or carried over to the run's words and codes, `target`; what was found is used up then. */
export function startFor(
  { start, foreignVocabularies: foreign }: FoundStart,
  target: Vocabularies,
  source: Pick<PairSource, "count" | "codes">,
  device: string,
): TransformerStart {
  if (!foreign) return start;
  const count = Math.min(COMPARED, source.count);
  const grids = Array.from({ length: count }, (_, record) => source.codes(record));
  const parameters = carryOver(start.parameters, foreign, target, grids, device);
  for (const old of [start.parameters, foreign.dvae.parameters]) disposeParameters(old);
  return { ...start, parameters };
}
