/** @file The masks of a transformer's layers: what their image states see of earlier ones. All see the whole caption. */

export interface AttentionMask {
  /** Tells the masks of a transformer apart. */
  readonly name: string;
  /** Whether each state sees nothing but its own column. */
  readonly byColumn: boolean;
  /** Whether an image state sees an earlier one. */
  readonly sees: (state: number, seen: number) => boolean;
}

/** kinds: one a layer, named as their masks will be. sees: whether an image state sees an earlier one under a kind of mask. */
export function attentionMasks<Kind extends string>(
  kinds: readonly Kind[],
  sees: (kind: Kind, state: number, seen: number) => boolean,
): AttentionMask[] {
  return perMask(kinds, (kind) => ({
    name: kind,
    byColumn: kind === "column",
    sees: (state, seen) => sees(kind, state, seen),
  }));
}

/** masks: one a layer → one a layer, which `make` is asked for once for all layers of a mask. */
export function perMask<Mask, Made>(masks: readonly Mask[], make: (mask: Mask) => Made): Made[] {
  const made = new Map([...new Set(masks)].map((mask) => [mask, make(mask)]));
  return masks.map((mask) => made.get(mask)!);
}
