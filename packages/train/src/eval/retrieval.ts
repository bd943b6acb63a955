/**
 * @file The judge of families that no program reads from pixels: a picture is right if, among the pictures of a thousand
 * other scenes of its family and the scene's own, its own is the nearest in CLIP's space. An attribute is right if the
 * nearest scene shares it.
 */
import {
  type FamilyName,
  paint,
  type Scene,
  type Split,
  sharedAttributes,
  type Verdict,
  worldSample,
} from "@dalle-ts/data";
import type { DalleImage } from "dalle-ts";
import { nearestRow } from "../clip/embed.js";

export const DISTRACTORS = 1000;

/** A picture → numbers of which equal ones are nearest. */
export type Embed = (image: DalleImage) => Promise<Float32Array>;

interface Distractors {
  readonly scenes: readonly Scene[];
  /** One row a scene. */
  readonly embeddings: Float32Array;
}

export class Retrieval {
  readonly #embed: Embed;
  readonly #size: number;
  readonly #seed: number;
  readonly #count: number;
  readonly #distractors = new Map<string, Promise<Distractors>>();

  /** size: of the model's pictures; seed: of the distractors, not the one of the scenes that are judged. */
  constructor(embed: Embed, size: number, seed: number, count = DISTRACTORS) {
    this.#embed = embed;
    this.#size = size;
    this.#seed = seed;
    this.#count = count;
  }

  /** Attribute by attribute; of attributes that the caption leaves open, any value is right. */
  async judge(scene: Scene, split: Split, image: DalleImage): Promise<Verdict> {
    const { scenes, embeddings } = await this.#of(scene.family, split);
    const own = await this.#embed(this.#painted(scene));
    const asked = await this.#embed(image);
    // A scene that the same caption describes distracts from nothing.
    const others = scenes.flatMap((other, row) =>
      isWhole(sharedAttributes(scene, other)) ? [] : [row],
    );
    const width = own.length;
    const among = new Float32Array((others.length + 1) * width);
    for (const [place, row] of others.entries()) {
      among.set(embeddings.subarray(row * width, (row + 1) * width), place * width);
    }
    among.set(own, others.length * width);
    const nearest = nearestRow(asked, among);
    return sharedAttributes(scene, nearest < others.length ? scenes[others[nearest]!]! : scene);
  }

  #of(family: FamilyName, split: Split): Promise<Distractors> {
    const key = `${family} ${split}`;
    const known = this.#distractors.get(key) ?? this.#paintAll(family, split);
    this.#distractors.set(key, known);
    return known;
  }

  async #paintAll(family: FamilyName, split: Split): Promise<Distractors> {
    const scenes = Array.from(
      { length: this.#count },
      (_, index) => worldSample(this.#seed, index, { split, families: [family] }).scene,
    );
    const rows: Float32Array[] = [];
    for (const scene of scenes) rows.push(await this.#embed(this.#painted(scene)));
    const width = rows[0]!.length;
    const embeddings = new Float32Array(rows.length * width);
    for (const [row, values] of rows.entries()) embeddings.set(values, row * width);
    return { scenes, embeddings };
  }

  #painted(scene: Scene): DalleImage {
    return { width: this.#size, height: this.#size, pixels: paint(scene, this.#size) };
  }
}

const isWhole = (verdict: Verdict): boolean => Object.values(verdict).every(Boolean);
