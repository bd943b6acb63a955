/**
 * @file How an exported model is drawn when a request does not say: as the command line says, else as the model that it
 * goes on from.
 */
import type { SamplingOptions } from "dalle-ts";
import type { PartFolders } from "./run-parts.js";

export interface ExportSampling {
  /** Without what nobody recommends. */
  readonly sampling: SamplingOptions;
  /** For people, where something was not said on the command line. */
  readonly note?: string;
}

/** Each setting that is not asked for is that of the model in `output`, or else of a part that comes out of a model folder. */
export async function exportSampling(
  asked: SamplingOptions,
  folders: PartFolders,
  output: string,
): Promise<ExportSampling> {
  const said = defined(asked);
  for (const folder of [output, folders.transformer, folders.dvae, folders.tokenizer]) {
    const known = defined((await samplingOfModel(folder)) ?? {});
    const taken = Object.keys(known).filter((name) => !(name in said));
    if (Object.keys(known).length === 0) continue;
    const sampling = { ...known, ...said };
    if (taken.length === 0) return { sampling };
    const settings = taken.map((name) => `${name} ${known[name as keyof SamplingOptions]}`);
    return { sampling, note: `Drawn as ${folder} is: ${settings.join(", ")}.` };
  }
  if (Object.keys(said).length > 0) return { sampling: said };
  return {
    sampling: {},
    note: "The model says nothing of how it is drawn, so that is plain sampling; try export with --temperature 0.8 --top-p 0.95 --guidance 2, which often gives better pictures.",
  };
}

/** Undefined for a run, for a model that recommends nothing, and for one that cannot be read: an export may mend it. */
async function samplingOfModel(folder: string): Promise<SamplingOptions | undefined> {
  const { readModelFolder } = await import("dalle-ts/parts");
  const model = await readModelFolder(folder, { verify: "size" }).catch(() => undefined);
  return model?.config.sampling;
}

function defined(sampling: SamplingOptions): SamplingOptions {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
