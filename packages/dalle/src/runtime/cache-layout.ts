/**
 * @file What the caches of a transformer hold: for each layer the states before the picture, and the picture's last ones, as far
 * back as the layer's mask reaches; a bias hides those in between that it does not see.
 */
import {
  type AttentionMask,
  attends,
  cacheWindow,
  imageStates,
  layerMask,
  perMask,
  type StreamPlan,
  type TransformerConfig,
} from "@dalle-ts/models";

export interface CachedMask extends AttentionMask {
  /** Image states that a cache holds: a ring of the last ones, or the rows of a column. */
  readonly window: number;
}

export interface CacheLayout {
  readonly heads: number;
  readonly headSize: number;
  /** States before the picture, which all states after them see. */
  readonly textStates: number;
  /** States of the picture. */
  readonly imageStates: number;
  readonly gridColumns: number;
  /** One a layer; layers of one mask have the same object. Those that see their own column alone have a cache a column. */
  readonly masks: readonly CachedMask[];
}

/** Slots of a layer's cache: the text states, then the window. */
export function slotsOf(layout: CacheLayout, mask: CachedMask): number {
  return layout.textStates + mask.window;
}

/** Slot of image state `index`: a ring over the last states, or its row within its column. */
export function imageSlot(layout: CacheLayout, mask: CachedMask, index: number): number {
  const position = mask.byColumn ? Math.floor(index / layout.gridColumns) : index % mask.window;
  return layout.textStates + position;
}

/** Of the paper's transformer. */
export function sparseLayout(config: TransformerConfig): CacheLayout {
  const { heads, headSize, textStates, gridColumns, layers } = config;
  const kinds = Array.from({ length: layers }, (_, index) => layerMask(index + 1, layers));
  return {
    heads,
    headSize,
    textStates,
    imageStates: imageStates(config),
    gridColumns,
    masks: perMask(kinds, (kind) => ({
      name: kind,
      byColumn: kind === "column",
      window: cacheWindow(config, kind),
      sees: (state, seen) => attends(kind, state, seen, config),
    })),
  };
}

/** Of a public checkpoint's transformer. */
export function planLayout(plan: StreamPlan): CacheLayout {
  const { heads, headSize, masks, gridSide, startsInCaption } = plan;
  const imageStates = startsInCaption ? gridSide ** 2 : gridSide ** 2 - 1;
  const captionStates = plan.captionIds([]).length;
  return {
    heads,
    headSize,
    textStates: startsInCaption ? captionStates - 1 : captionStates,
    imageStates,
    gridColumns: gridSide,
    masks: perMask(masks, (mask) => ({
      ...mask,
      window: mask.byColumn ? gridSide : farthest(imageStates, mask.sees),
    })),
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
