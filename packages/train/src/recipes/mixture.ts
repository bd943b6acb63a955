/** @file How often each family of the painted world is drawn, written as shares. */
import type { FamilyName } from "@dalle-ts/data";

/** Shares of families, whole numbers ≥ 0 → the list that a stream draws from, each family as many times as its share. */
export function mixture(shares: Readonly<Partial<Record<FamilyName, number>>>): FamilyName[] {
  return (Object.entries(shares) as [FamilyName, number][]).flatMap(([family, share]) =>
    Array<FamilyName>(share).fill(family),
  );
}
