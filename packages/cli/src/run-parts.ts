/** @file Run folders told apart by what they hold. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

/** One run folder for each part of a model. */
export interface PartFolders {
  readonly tokenizer: string;
  readonly dvae: string;
  readonly transformer: string;
  /** Only in a model that reranks. */
  readonly clip?: string;
}
type PartName = keyof PartFolders;

const neededParts = ["tokenizer", "dvae", "transformer"] as const;
const partNames: readonly PartName[] = [...neededParts, "clip"];

/** `named` folders are taken as they are, `runs` by their content; together they must be one of each part that is needed. */
export async function findParts(
  runs: readonly string[],
  named: Partial<PartFolders>,
): Promise<PartFolders> {
  const found: Partial<Record<PartName, string>> = {};
  const add = (part: PartName, folder: string) => {
    if (found[part] !== undefined) {
      throw new DalleError(
        "bad_option",
        `${found[part]} and ${folder} both hold a ${part}; name one of each part`,
      );
    }
    found[part] = folder;
  };
  for (const part of partNames) if (named[part] !== undefined) add(part, named[part]);
  for (const folder of runs) add(await partOf(folder), folder);
  const missing = neededParts.filter((part) => found[part] === undefined);
  if (missing.length > 0) {
    throw new DalleError(
      "bad_option",
      `A model is made of a tokenizer, a dVAE and a transformer; add the run folder of its ${missing.map((part) => (part === "dvae" ? "dVAE" : part)).join(" and of its ")}`,
    );
  }
  return found as PartFolders;
}

async function partOf(folder: string): Promise<PartName> {
  const { isDvaeModel, isModelFolder, latestCheckpoint, readState } = await import(
    "@dalle-ts/train"
  );
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new DalleError("not_found", `The folder ${folder} does not exist; check the path.`);
  }
  if (await isDvaeModel(folder)) return "dvae";
  if (await isModelFolder(folder)) {
    throw new DalleError(
      "bad_option",
      `${folder} is a whole model; say what is taken of it with --tokenizer, --dvae, --transformer or --clip`,
    );
  }
  const checkpoint = await latestCheckpoint(folder);
  const kind = checkpoint && (await readState(checkpoint)).kind;
  if (kind === "dvae" || kind === "transformer" || kind === "clip") return kind;
  if (await stat(join(folder, "tokenizer.json")).catch(() => undefined)) return "tokenizer";
  throw new DalleError(
    "not_found",
    `${folder} holds neither a tokenizer nor a checkpoint of a dVAE, transformer or CLIP; pass run folders of \`dalle train\`.`,
  );
}
