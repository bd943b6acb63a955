/**
 * @file The scale of classifier-free guidance, which may change along a picture: its first codes decide what is drawn and
 * profit from a large one, its last ones go on with what is there, and a large one spoils edges.
 */
import { badOption } from "@dalle-ts/tensor";

/** Of all codes, or of the first code and of the last; in between it changes evenly, in raster order. */
export type Guidance = number | readonly [first: number, last: number];

/** Far more than any picture profits from, and far from where logits overflow. */
export const MOST_GUIDANCE = 1000;

/** Whether an empty caption has to run beside the caption. */
export function isGuided(guidance: Guidance = 1): boolean {
  return endsOf(guidance).some((scale) => scale !== 1);
}

/** place: of the code among all, from 0 at the first to 1 at the last. */
export function guidanceAt(guidance: Guidance, place: number): number {
  const [first, last] = endsOf(guidance);
  return first + (last - first) * place;
}

/** Refuses what is neither a scale nor two. */
export function checkGuidance(guidance: Guidance): void {
  const isScale = (each: unknown) => typeof each === "number" && Math.abs(each) <= MOST_GUIDANCE;
  const ends = endsOf(guidance);
  if (ends.length === 2 && ends.every(isScale)) return;
  const range = `[-${MOST_GUIDANCE}, ${MOST_GUIDANCE}]`;
  throw badOption(
    "guidance",
    `a number in ${range}, or two, of the first code and the last`,
    guidance,
  );
}

function endsOf(guidance: Guidance): readonly [number, number] {
  return typeof guidance === "object" && guidance !== null ? guidance : [guidance, guidance];
}
