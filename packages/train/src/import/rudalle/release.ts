/**
 * @file Which program trained a ruDALL-E [SPEC §7.9]: the mask of its last layer tells, which the files hold though it can be
 * computed; where it is missing, the names under which they are published.
 */
import { basename, resolve } from "node:path";
import { type SandwichTransformerConfig, sandwichSees } from "@dalle-ts/models";
import type { CheckpointFile } from "@dalle-ts/tensor";
import { isAddress } from "../download.js";

type Release = SandwichTransformerConfig["release"];

const releases: readonly Release[] = ["v2", "v3"];
const maskName = "transformer.conv_mask";

/** file: of the transformer. Undefined where it has no such mask, or one that both programs would make. */
export async function releaseOfMask(
  file: CheckpointFile,
  config: Omit<SandwichTransformerConfig, "release">,
): Promise<Release | undefined> {
  const { textStates, gridSide } = config;
  const states = textStates + gridSide ** 2;
  // A row a state, a column for each that it sees.
  if (file.tensors.get(maskName)?.shape.join() !== `${states},${states}`) return undefined;
  const mask = await file.read(maskName);
  const sees = (state: number, seen: number) => Number(mask[state * states + seen]) !== 0;
  // The opposite corners of the picture: neighbours where it goes on at the opposite edges.
  const [first, last] = [textStates, states - 1];
  const fitting = releases.filter((release) =>
    [first, last].every(
      (state) =>
        sees(state, first) === sandwichSees("convolution", state, first, { ...config, release }),
    ),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** By the name of the file; a name that says nothing leaves it to the folders or the address. given: a path, or an address. */
export function releaseOfName(given: string): Release {
  const name = basename(given);
  if (/v3/i.test(name)) return "v3";
  const whole = isAddress(given) ? given : resolve(given);
  return /v2/i.test(name) || /emojich|malevich_v2/i.test(whole) ? "v2" : "v3";
}

export function releaseNote(release: Release): string {
  return `No file tells which program trained the model: assumed release ${release}, by the files' names. If it was another, say --release.`;
}
