/**
 * @file What the caches of a transformer hold: for each layer the states before the picture, and the picture's last ones, as far
 * back as the layer's kind of mask reaches; a bias hides those in between that it does not see.
 */
import {
  attends,
  cacheWindow,
  imageStates,
  layerMask,
  type MaskKind,
  type StreamPlan,
  type TransformerConfig,
} from "@dalle-ts/models";

export interface CacheLayout<Kind extends string = string> {
  readonly heads: number;
  readonly headSize: number;
  /** States before the picture, which all states after them see. */
  readonly textStates: number;
  /** States of the picture. */
  readonly imageStates: number;
  readonly gridColumns: number;
  /** The kind of each layer. */
  readonly kinds: readonly Kind[];
  /** Whether layers of a kind see their own column alone, and so have a cache a column. */
  byColumn(kind: Kind): boolean;
  /** Image states that a cache holds: a ring of the last ones, or the rows of a column. */
  window(kind: Kind): number;
  /** Whether an image state sees another, earlier one that the cache can hold. */
  sees(kind: Kind, state: number, seen: number): boolean;
}

/** Slots of a layer's cache: the text states, then the window. */
export function slotsOf<Kind extends string>(layout: CacheLayout<Kind>, kind: Kind): number {
  return layout.textStates + layout.window(kind);
}

/** Of the paper's transformer. */
export function sparseLayout(config: TransformerConfig): CacheLayout<MaskKind> {
  const { heads, headSize, textStates, gridColumns, layers } = config;
  return {
    heads,
    headSize,
    textStates,
    imageStates: imageStates(config),
    gridColumns,
    kinds: Array.from({ length: layers }, (_, index) => layerMask(index + 1, layers)),
    byColumn: (kind) => kind === "column",
    window: (kind) => cacheWindow(config, kind),
    sees: (kind, state, seen) => attends(kind, state, seen, config),
  };
}

/** Of a public checkpoint's transformer. */
export function planLayout(plan: StreamPlan): CacheLayout {
  const { heads, headSize, kinds, gridSide, startsInCaption } = plan;
  const imageStates = startsInCaption ? gridSide ** 2 : gridSide ** 2 - 1;
  const windows = new Map<string, number>();
  for (const kind of new Set(kinds))
    windows.set(
      kind,
      plan.byColumn(kind) ? gridSide : farthest(imageStates, (a, b) => plan.sees(kind, a, b)),
    );
  const captionStates = plan.captionIds([]).length;
  return {
    heads,
    headSize,
    textStates: startsInCaption ? captionStates - 1 : captionStates,
    imageStates,
    gridColumns: gridSide,
    kinds,
    byColumn: plan.byColumn,
    window: (kind) => windows.get(kind)!,
    sees: plan.sees,
  };
}

/** The distance to the farthest state that any of `count` states sees, at least 1. */
function farthest(count: number, sees: (state: number, seen: number) => boolean): number {
  let most = 1;
  for (let state = 0; state < count; state++) {
    let seen = 0;
    while (state - seen > most && !sees(state, seen)) seen++;
    most = Math.max(most, state - seen);
  }
  return most;
}
