/** @file Are the two files of a part of the codes as they were written? The job that wrote them asks, and whoever reads them. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256OfFile } from "@dalle-ts/tensor";
import type { Progress } from "../shards/squares.js";

export interface CodesPart extends Progress {
  /** Names <name>.codes and <name>.jsonl; without samples there are none. */
  readonly name: string;
  readonly samples: number;
  /** Of <name>.codes, in hex. */
  readonly sha256: string;
}

/** `ends`: where each line of the .jsonl ends, in bytes. `damage`: what is wrong, as the start of a sentence. */
export async function inspectPart(
  folder: string,
  { name, samples, sha256 }: CodesPart,
  gridSide: number,
): Promise<{ readonly ends: Float64Array } | { readonly damage: string }> {
  if (samples === 0) return { ends: new Float64Array(0) };
  const codesPath = join(folder, `${name}.codes`);
  const captionsPath = join(folder, `${name}.jsonl`);
  const bytes = samples * 2 * gridSide ** 2;
  const found = (await stat(codesPath).catch(() => undefined))?.size;
  if (found !== bytes) return { damage: `${codesPath} has ${found ?? "no"} bytes of ${bytes}` };
  if ((await sha256OfFile(codesPath)) !== sha256)
    return { damage: `${codesPath} has other codes than were written` };
  const text = await readFile(captionsPath).catch(() => undefined);
  const ends = text && lineEnds(text);
  if (ends?.length !== samples) return { damage: `${captionsPath} has not ${samples} lines` };
  return { ends };
}

function lineEnds(text: Buffer): Float64Array {
  const ends: number[] = [];
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) ends.push(at + 1);
  return Float64Array.from(ends);
}
