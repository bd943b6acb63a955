/** @file Paints a scene of things to count: wall, surface, then each thing on its soft shadow. */
import { paintBackdrop } from "../paint/backdrop.js";
import { ellipse, number } from "../paint/draw.js";
import { shading } from "../paint/shape.js";
import { paintPlace } from "./place.js";
import { type CountingScene, rampOf } from "./scene.js";
import { paintThing } from "./things.js";

export function drawing({ noun, colour, place, nuisance }: CountingScene): string {
  const { backdrop, layout, shade } = nuisance;
  const ramp = rampOf(noun, colour);
  const thing = paintThing(noun, ramp, shade);
  const scale = number(layout.size / 20);
  const things = layout.spots.map(({ x, y, lean }) => {
    const shadow = ellipse(0.6, -0.2, 8.6, 1.5, 'fill-opacity=".2"');
    return `<g transform="translate(${number(x)} ${number(y)}) scale(${scale})">${shadow}<g transform="rotate(${number(lean)})">${thing}</g></g>`;
  });
  return (
    paintBackdrop(backdrop) +
    paintPlace(place, layout.rows) +
    shading("main", ramp, shade) +
    things.join("")
  );
}
