/** @file A kind of thing that mixes show: whose attributes, words and painter are those of one family. */
import type { ArtStyle } from "../../../art/sets.js";
import type { Random } from "../../../random.js";
import type { Attributes, Slot } from "../../grammar.js";
import type { Layer } from "../../paint/layer.js";
import { type Ramp, ramps } from "../../palette.js";
import type { Part } from "../../scene.js";

/** A kind either draws SVG elements on the 64 × 64 canvas or stamps pixels. */
export type Kind = KindBase &
  (
    | { drawing(thing: Attributes, spot: Spot): string; readonly stamp?: undefined }
    | {
        stamp(picture: Layer, thing: Attributes, spot: Spot): void;
        readonly drawing?: undefined;
        /** The sets that draw the thing. */
        sets(thing: Attributes): readonly ArtStyle[];
      }
  );

interface KindBase {
  /** A thing drawn at random. */
  draw(random: Random): Attributes;
  /** Attribute → all its values. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** False for things that nothing paints; absent where all values go together. */
  isPossible?(thing: Attributes): boolean;
  /** Its words, without an article. */
  readonly phrase: Slot;
  /** What it may be told to be doing; the first half of the time. */
  readonly postures: readonly string[];
  /** Colours that the backdrop must stay apart from. */
  shown(thing: Attributes): readonly Ramp[];
  measure(thing: Attributes): Measures;
  /**
   * The scenes of its own family that have its words and its picture. Absent where there are none: an animal is not told
   * of without a place, and pairs of solids show every solid anyway.
   */
  alone?(thing: Attributes, manner: Manner): readonly Part[];
}

/** How far a thing reaches from where it stands, in canvas units. */
export interface Measures {
  readonly side: number;
  readonly up: number;
  /** Of its base towards the viewer. */
  readonly down: number;
  /** Height in the picture of the flat top on which another thing can stand; undefined: none can. */
  readonly seat?: number;
}

/** Where and how a thing is painted. */
export interface Spot extends Manner {
  /** Where it stands, in canvas units. */
  readonly x: number;
  readonly y: number;
  /** Factor on its measures. */
  readonly scale: number;
  readonly light: "left" | "right";
  /** Added to every tone. */
  readonly shade: number;
}

/** What a caption does not tell of a thing. */
export interface Manner {
  /** Only of kinds that stamp: the set of the drawing. */
  readonly set?: ArtStyle;
  /** Of kinds that look different in a mirror. */
  readonly mirrored: boolean;
  /** Degrees a solid is turned. */
  readonly turn: number;
}

/** A drawing of many colours, seldom light ones without an outline: its backdrop must not be dark. */
export const anyColour: readonly Ramp[] = [ramps.black];
