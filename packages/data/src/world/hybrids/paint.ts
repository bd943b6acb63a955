/** @file Paints a hybrid: a plain room, the item's parts in the concept's colours, its main part as the concept. */
import { ellipse, number } from "../paint/draw.js";
import { looks } from "./concept.js";
import { forms, type ItemForm } from "./item.js";
import type { HybridsScene } from "./scene.js";

const grounds = [
  ["#fbf3e4", "#e6d5b8"],
  ["#e8f1f8", "#c5d6e4"],
  ["#eef6ea", "#cfdfc8"],
  ["#fdeee8", "#ecd0c4"],
  ["#f1edf9", "#d5cce8"],
  ["#f5f5f5", "#dcdcdc"],
  ["#dff3f1", "#b9dbd7"],
  ["#fff6d6", "#ecdca0"],
  ["#cfd8e6", "#a3b2c8"],
  ["#e6e0d4", "#c4baa6"],
] as const;

export function drawing(scene: HybridsScene): string {
  const { nuisance } = scene;
  const [wall, floor] = grounds[nuisance.ground]!;
  const { zoom, lean, mirrored, shift } = nuisance;
  const frame = `translate(${number(32 + shift[0])} ${number(33 + shift[1])}) rotate(${number(lean)}) scale(${number(mirrored ? -zoom : zoom)} ${number(zoom)}) translate(-32 -33)`;
  return (
    `<rect width="64" height="64" fill="${wall}"/><rect y="48" width="64" height="16" fill="${floor}"/>` +
    ellipse(
      32 + shift[0],
      33 + shift[1] + 28 * zoom,
      27 * zoom,
      3,
      'fill="#000" fill-opacity=".16"',
    ) +
    `<g transform="${frame}">${paintHybrid(scene)}</g>`
  );
}

/** All that decides how a hybrid looks, its place apart. */
export type Hybrid = Pick<HybridsScene, "item" | "concept" | "manner">;

/** The hybrid alone, on the 64 × 64 canvas. */
export function paintHybrid({ item, concept, manner }: Hybrid): string {
  const look = looks[concept];
  const form = forms[item];
  const main = manner === "shape" ? wholeIn(form, look.art) : tiledOver(form, look.tile);
  return form.behind(look) + main + form.upon(look);
}

/** The concept in place of the main part, filling its box. */
function wholeIn({ box: { x, y, width, height } }: ItemForm, art: string): string {
  return `<g transform="translate(${x + width / 2} ${y + height / 2}) scale(${number(width / 100)} ${number(height / 100)})">${art}</g>`;
}

/** The main part in its own outline, papered with the concept's surface. */
function tiledOver({ box, outline }: ItemForm, tile: string): string {
  const side = 15;
  let tiles = "";
  for (let y = box.y; y < box.y + box.height + 4; y += side) {
    for (let x = box.x - 3; x < box.x + box.width + 4; x += side)
      tiles += `<g transform="translate(${number(x + side / 2)} ${number(y + side / 2)}) scale(.152)">${tile}</g>`;
  }
  return `<clipPath id="main"><path d="${outline}"/></clipPath><g clip-path="url(#main)">${tiles}</g><path d="${outline}" fill="none" stroke="#000" stroke-opacity=".3" stroke-width="1.200"/>`;
}
