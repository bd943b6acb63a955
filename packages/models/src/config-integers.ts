/** @file The checks that the configs of all models share. */
import { badOption } from "@dalle-ts/tensor";

/**
 * Refuses by its name the first of `numbers` that is no integer ≥ 1, or ≥ 0 where `mayBeZero` names it; `owner` goes in
 * front of the name: "dvae.codes".
 */
export function requireIntegers(
  owner: string,
  numbers: Readonly<Record<string, number>>,
  mayBeZero: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(numbers)) {
    const least = mayBeZero.includes(name) ? 0 : 1;
    if (!Number.isInteger(value) || value < least) {
      throw badOption(`${owner}.${name}`, `an integer ≥ ${least}`, value);
    }
  }
}

/** Pictures are red, green and blue throughout. */
export function requireColour(owner: string, channels: number): void {
  if (channels !== 3) throw badOption(`${owner}.channels`, "3", channels);
}
