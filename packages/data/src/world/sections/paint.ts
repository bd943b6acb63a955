/** @file Paints a scene of one section: the wall, and the thing cut through. */
import { Random } from "../../random.js";
import { number } from "../paint/draw.js";
import { apple, avocado, kiwi, lemon, onion, orange, pomegranate, watermelon } from "./fruit.js";
import { earth, egg, geode, treeTrunk } from "./other.js";
import type { SectionsScene, Subject } from "./scene.js";
import { paintWall } from "./wall.js";

const painters: Readonly<Record<Subject, (random: Random) => string>> = {
  watermelon,
  egg,
  earth,
  geode,
  "tree trunk": treeTrunk,
  orange,
  kiwi,
  apple,
  avocado,
  pomegranate,
  onion,
  lemon,
};

export function drawing({ subject, wall, nuisance }: SectionsScene): string {
  const { tint, tone, seed, zoom, lean, shift } = nuisance;
  const [x, y] = shift.map((by) => number(32 + by));
  const frame = `translate(${x} ${y}) rotate(${number(lean)}) scale(${number(zoom)})`;
  return `${paintWall(wall, tint, tone)}<g transform="${frame}">${paintSection(subject, seed)}</g>`;
}

/** The thing around the origin; `seed` decides on its details. */
export function paintSection(subject: Subject, seed: number): string {
  return painters[subject](new Random(seed, 0));
}
