/**
 * @file The judge of families that no program reads from pixels: a picture is right if, among the pictures of a thousand
 * other scenes of its family and the scene's own, its own is the nearest in CLIP's space. An attribute is right if the
 * nearest scene shares it.
 */
import {
  type FamilyName,
  paint,
  Random,
  type Scene,
  sampleScene,
  sharedAttributes,
  type Verdict,
} from "@dalle-ts/data";
import type { DalleImage } from "dalle-ts";
import { cosineOf } from "dalle-ts/parts";
import { throwIfCancelled } from "./cancelled.js";

export const DISTRACTORS = 1000;

/** A picture → numbers of length 1, near each other for pictures that are alike. */
export type Embed = (image: DalleImage) => Promise<Float32Array>;

interface Distractor {
  readonly scene: Scene;
  readonly embedding: Float32Array;
}

export class Retrieval {
  readonly #embed: Embed;
  readonly #size: number;
  readonly #seed: number;
  readonly #signal: AbortSignal | undefined;
  readonly #distractors = new Map<FamilyName, Promise<readonly Distractor[]>>();

  /** size: of the model's pictures; seed: of the distractors, not the one of the scenes that are judged. */
  constructor(embed: Embed, size: number, seed: number, signal?: AbortSignal) {
    this.#embed = embed;
    this.#size = size;
    this.#seed = seed;
    this.#signal = signal;
  }

  /** Attribute by attribute; of attributes that the caption leaves open, any value is right. */
  async judge(scene: Scene, image: DalleImage): Promise<Verdict> {
    const distractors = await this.#of(scene.family);
    const asked = await this.#embed(image);
    let nearest = scene;
    let highest = cosineOf(await this.#embed(this.#painted(scene)), asked);
    for (const { scene: other, embedding } of distractors) {
      const cosine = cosineOf(embedding, asked);
      // A scene that the same caption describes distracts from nothing.
      if (cosine <= highest || isWhole(sharedAttributes(scene, other))) continue;
      [nearest, highest] = [other, cosine];
    }
    return sharedAttributes(scene, nearest);
  }

  #of(family: FamilyName): Promise<readonly Distractor[]> {
    const known = this.#distractors.get(family) ?? this.#paintAll(family);
    this.#distractors.set(family, known);
    return known;
  }

  /** From both splits, so that both face the same ones; held-out compositions alone are ten times fewer. */
  async #paintAll(family: FamilyName): Promise<readonly Distractor[]> {
    const distractors: Distractor[] = [];
    for (let index = 0; index < DISTRACTORS; index++) {
      throwIfCancelled(this.#signal);
      const scene = sampleScene(family, new Random(this.#seed, index));
      distractors.push({ scene, embedding: await this.#embed(this.#painted(scene)) });
    }
    return distractors;
  }

  #painted(scene: Scene): DalleImage {
    return { width: this.#size, height: this.#size, pixels: paint(scene, this.#size) };
  }
}

const isWhole = (verdict: Verdict): boolean => Object.values(verdict).every(Boolean);
