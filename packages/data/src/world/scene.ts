/**
 * @file What every family of scenes has in common, the key that names a composition, and the rule that holds
 * one composition in ten out of training.
 */
import { createHash } from "node:crypto";
import { badOption } from "@dalle-ts/tensor";
import type { Random } from "../random.js";
import type { Attributes, Grammar } from "./grammar.js";
import type { Picture } from "./judge/picture.js";

/** A scene is plain data: it survives JSON. `nuisance` is all that the caption does not tell. */
export interface SceneBase {
  readonly family: string;
  readonly nuisance: object;
}

/** Attribute → did the judge find it right? */
export type Verdict = Readonly<Record<string, boolean>>;

/** A composition of a family, seen in a picture of another one. */
export interface Part {
  readonly family: string;
  readonly attributes: Attributes;
}

/** One kind of scene. A new family is one folder with one of these, listed in `families.ts`. */
export type Family<Scene extends SceneBase> = FamilyBase<Scene> & Painter<Scene>;

/** Most families draw SVG; those that stamp sprites or filter pixels paint pixels. */
export type Painter<Scene> =
  | {
      /** The picture as SVG elements on the 64 × 64 canvas. */
      drawing(scene: Scene): string;
      readonly pixels?: undefined;
    }
  | {
      /** The picture as size × size RGB bytes; size as `paint` allows it. */
      pixels(scene: Scene, size: number): Uint8Array;
      readonly drawing?: undefined;
    };

interface FamilyBase<Scene extends SceneBase> {
  readonly name: Scene["family"];
  /** Share of the world's samples, relative to the other families; a whole number. */
  readonly weight: number;
  /** Attributes drawn at random. */
  draw(random: Random): Attributes;
  /** The scene with these attributes and a random nuisance. */
  build(attributes: Attributes, random: Random): Scene;
  /** The attributes `build` was given. */
  attributes(scene: Scene): Attributes;
  /** The attributes with what the caption leaves open ("any") as it is painted; absent where captions leave nothing open. */
  shown?(scene: Scene): Attributes;
  /** Scenes of other families that are seen in it, and told of, as they are there; absent where there are none. */
  parts?(scene: Scene): readonly Part[];
  /** One spelling for all attributes that paint the same picture ("a below b" is "b on a"); absent where no two do. */
  canonical?(attributes: Attributes): Attributes;
  /** A caption of the scene: lower case, at most 48 words. */
  caption(scene: Scene, random: Random): string;
  /** What its captions are made of. */
  readonly grammar: Grammar;
  /** The attributes told by a caption of this family's grammar, else undefined. */
  parse(caption: string): Attributes | undefined;
  /**
   * Reads a picture without knowing what it should show. The answer says of a claim (attributes of this
   * family), attribute by attribute, whether it is so in the picture. A family without it is judged by
   * retrieval: is the painted picture among the nearest?
   */
  read?(picture: Picture): (claim: Attributes) => Verdict;
}

/**
 * Names a composition: `blocks|arrangement=one|first.colour=red|…`, attributes sorted by name. Scenes that
 * differ only in nuisance, or only in wording, have one key.
 */
export function keyOf<Scene extends SceneBase>(
  family: Family<Scene>,
  attributes: Attributes,
): string {
  const told = Object.entries(family.canonical?.(attributes) ?? attributes).map(
    ([name, value]) => `${name}=${value}`,
  );
  return [family.name, ...told.sort()].join("|");
}

/** True for about one key in ten: the first byte of its SHA-256 is below 26. */
export function isHeldOut(key: string): boolean {
  return createHash("sha256").update(key).digest()[0]! < 26;
}

/** The value of one attribute; throws unless it is one of `values`. */
export function oneOf<Value extends string>(
  values: readonly Value[],
  attributes: Attributes,
  key: string,
): Value {
  const value = attributes[key];
  if (!values.includes(value as Value)) throw badOption(key, `one of ${values.join(", ")}`, value);
  return value as Value;
}

/** The verdict of families whose attributes are seen one by one; nothing seen, nothing right. */
export function sameAsSeen(claim: Attributes, seen: Attributes | undefined): Verdict {
  return Object.fromEntries(
    Object.entries(claim).map(([key, value]) => [key, seen?.[key] === value]),
  );
}
