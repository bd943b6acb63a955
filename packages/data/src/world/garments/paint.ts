/** @file Paints a scene of one dressed animal: backdrop, soft shadow, the animal, its garments. */
import { paintBackdrop } from "../paint/backdrop.js";
import { ellipse, number } from "../paint/draw.js";
import { canvas } from "../paint/raster.js";
import { ink, oval, patch, shading, shape, stroke, twice } from "../paint/shape.js";
import type { Animal } from "./animals.js";
import { coats, rampOf } from "./fur.js";
import { heads } from "./heads.js";
import type { GarmentsScene, Outfit } from "./scene.js";
import { paintGarment } from "./wardrobe.js";

export function drawing({ animal, outfit, nuisance }: GarmentsScene): string {
  const { backdrop, shade, zoom, lean, shift } = nuisance;
  const [x, y] = shift.map((by) => number(canvas / 2 + by));
  const frame = `translate(${x} ${y}) rotate(${number(lean)}) scale(${number(zoom)})`;
  return `${paintBackdrop(backdrop)}<g transform="${frame}">${paintFigure(animal, outfit, shade)}</g>`;
}

/** The dressed animal with its shadow on the ground, in figure units. */
export function paintFigure(animal: Animal, outfit: Outfit, shade: number): string {
  const worn = (name: keyof Outfit) => {
    const colour = outfit[name];
    return colour === undefined ? "" : paintGarment(name, colour, shade);
  };
  const { behind, face } = heads[animal];
  return (
    ellipse(0, 27.2, 15, 2.4, 'fill-opacity=".18"') +
    shadingsOf(animal) +
    behind +
    legs(animal) +
    arms +
    torso(animal) +
    worn("pants") +
    worn("shirt") +
    worn("gloves") +
    shape(oval(0, -7.5, 14.6, 12), "fur") +
    face +
    worn("hat")
  );
}

function shadingsOf(animal: Animal): string {
  const { fur, belly, arms, legs, feet } = coats[animal];
  return Object.entries({ fur, belly, arms, legs, feet })
    .map(([id, colour]) => shading(id, rampOf(colour)))
    .join("");
}

function legs(animal: Animal): string {
  const webbed = animal === "penguin" || animal === "owl";
  const foot = webbed
    ? "M2 25Q5.6 22.6 9.2 25Q11.2 26.8 10 28.2Q8.4 28.6 7.6 27.8Q6.6 28.8 5.4 28Q4.2 28.8 3 28Q1.6 28.6 .8 27.4Q.6 26 2 25Z"
    : oval(5.7, 26, 4.9, 2.5);
  return twice(shape("M.6 16H9.6L9.8 25.4H1Z", "legs") + shape(foot, "feet"));
}

const arms = twice(
  shape(
    "M8.4 4.4C12 5 14.6 7.4 17.6 10C20.6 11.4 21.4 14.6 19.6 16.6C17.6 18.4 14.6 17.6 13.2 15.4C12 13.6 10.2 12.4 8.4 12Z",
    "arms",
  ),
);

function torso(animal: Animal): string {
  const { chest = patch(oval(0, 12.4, 7, 7.6), "belly") } = heads[animal];
  const body =
    "M-6.4 2.4Q0 5 6.4 2.4Q10.6 6 10.4 15Q10.4 21.4 4.6 22Q0 22.6 -4.6 22Q-10.4 21.4 -10.4 15Q-10.6 6 -6.4 2.4Z";
  return `<clipPath id="torso"><path d="${body}"/></clipPath>${shape(body, "fur")}<g clip-path="url(#torso)">${chest}</g>${stroke(body, ink, 1)}`;
}
