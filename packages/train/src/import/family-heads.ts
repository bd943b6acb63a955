/** @file The number of attention heads, which not every file tells: by the family's size of a head, unless the user says it. */
import { DalleError } from "@dalle-ts/tensor";

/** kind: as the command line names it. Refuses a width that the family's heads do not divide. */
export function familyHeads(
  kind: string,
  width: number,
  headSize: number,
  said: number | undefined,
): number {
  if (said !== undefined) return said;
  if (width % headSize === 0) return width / headSize;
  throw new DalleError(
    "bad_file",
    `${kind}: no file tells the number of heads, and ${width} is no multiple of the family's size of ${headSize}; say how many there are (--heads).`,
  );
}
