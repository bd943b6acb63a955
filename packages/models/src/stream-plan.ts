/**
 * @file How a family draws from one stream of caption and picture: ids and positions of its states, what its caches hold, and
 * which state predicts which code. Image states are numbered from 0, whatever the family calls the first of them.
 */
import { type AttentionMask, attentionMasks } from "./attention-mask.js";
import { AXIAL_START } from "./axial-transformer/axial-transformer.js";
import type { AxialTransformerConfig } from "./axial-transformer/config.js";
import { axialSees } from "./axial-transformer/masks.js";
import type { DenseTransformerConfig } from "./dense-transformer/config.js";
import type { SandwichTransformerConfig } from "./sandwich-transformer/config.js";
import { sandwichLayerMask, sandwichSees } from "./sandwich-transformer/masks.js";
import { SANDWICH_START } from "./sandwich-transformer/sandwich-transformer.js";

export interface StreamPlan {
  readonly heads: number;
  readonly headSize: number;
  /** One a layer; layers of one mask have the same object. */
  readonly masks: readonly AttentionMask[];
  readonly gridSide: number;
  readonly imageCodes: number;
  /** The caption's states, ids of the joint table. tokens: at most `captionLimit`. */
  readonly captionIds: (tokens: readonly number[]) => readonly number[];
  /** Rows of the joint tables in front of the picture's: of ids, and of positions. */
  readonly textIds: number;
  readonly textPositions: number;
  /**
   * If true, the masks count the caption's last state as image state 0, which predicts the first code. If false, the
   * caption's last state predicts the first code, and image state 0 reads it.
   */
  readonly startsInCaption: boolean;
}

/** What the text of a caption is put between, and filled up with. */
export interface DenseText {
  /** Text id of states without a token. */
  readonly padding: number;
}

export interface SandwichText {
  /** Text ids in front of a caption and behind it. */
  readonly textStart: number;
  readonly textEnd: number;
}

export function densePlan(config: DenseTransformerConfig & DenseText): StreamPlan {
  const { layers, width, heads, textStates, textVocabulary, imageStates, imageCodes } = config;
  return {
    heads,
    headSize: width / heads,
    gridSide: Math.sqrt(imageStates),
    imageCodes,
    masks: attentionMasks(
      Array.from({ length: layers }, () => "full"),
      () => true,
    ),
    captionIds: (tokens) => filled(tokens, textStates, () => config.padding),
    textIds: textVocabulary,
    textPositions: textStates,
    startsInCaption: false,
  };
}

export function sandwichPlan(config: SandwichTransformerConfig & SandwichText): StreamPlan {
  const { layers, width, heads, textStates, textVocabulary, gridSide, imageCodes } = config;
  const isOlder = config.release === "v2";
  const kinds = Array.from({ length: layers }, (_, index) => sandwichLayerMask(index, layers));
  return {
    heads,
    headSize: width / heads,
    gridSide,
    imageCodes,
    masks: attentionMasks(kinds, (kind, state, seen) =>
      sandwichSees(kind, textStates + state, textStates + seen, config),
    ),
    captionIds(tokens) {
      const text = [config.textStart, ...tokens, config.textEnd];
      const ids = filled(text, textStates, (state) => textVocabulary + state);
      return isOlder ? [SANDWICH_START, ...ids] : ids;
    },
    textIds: textVocabulary + textStates,
    textPositions: textStates + 1,
    startsInCaption: isOlder,
  };
}

export function axialPlan(config: AxialTransformerConfig): StreamPlan {
  const { heads, headSize, textStates, textVocabulary, gridSide, imageCodes } = config;
  const first = 1 + textStates;
  return {
    heads,
    headSize,
    gridSide,
    imageCodes,
    masks: attentionMasks(config.masks, (mask, state, seen) =>
      axialSees(mask, first + state, first + seen, config),
    ),
    captionIds: (tokens) => [
      AXIAL_START,
      // The text token 0 is padding to this family.
      ...filled(tokens, textStates, () => 0).map((id, state) =>
        id === 0 ? textVocabulary + state : id,
      ),
    ],
    textIds: textVocabulary + textStates,
    textPositions: first,
    startsInCaption: false,
  };
}

/** The first `count` ids, or all of them and what `paddingOf` gives for the states after them. */
function filled(
  ids: readonly number[],
  count: number,
  paddingOf: (state: number) => number,
): number[] {
  return Array.from({ length: count }, (_, state) => ids[state] ?? paddingOf(state));
}
