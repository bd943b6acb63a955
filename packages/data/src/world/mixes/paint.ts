/** @file Paints a mix: one backdrop, soft shadows, then the farther and the nearer thing, each by its kind. */
import { shadowGradient } from "../blocks/paint.js";
import { paintBackdrop } from "../paint/backdrop.js";
import { ellipse } from "../paint/draw.js";
import { cover, newLayer, rgbOf } from "../paint/layer.js";
import { rasteriseRgba } from "../paint/raster.js";
import { layout, type Placed } from "./layout.js";
import type { MixesScene } from "./scene.js";

export function pixels(scene: MixesScene, size: number): Uint8Array {
  const picture = newLayer(size);
  const things = layout(scene);
  const shadows = things.filter(({ raised }) => !raised).map(shadow);
  // Drawings are gathered, because rasterising two at once costs as much as one.
  let drawn = paintBackdrop(scene.nuisance.backdrop) + shadowGradient + shadows.join("");
  const flush = () => {
    if (drawn !== "") cover(picture, { side: size, pixels: rasteriseRgba(drawn, size) });
    drawn = "";
  };
  for (const { kind, thing, spot } of things) {
    if (kind.drawing) drawn += kind.drawing(thing.attributes, spot);
    else {
      flush();
      kind.stamp(picture, thing.attributes, spot);
    }
  }
  flush();
  return rgbOf(picture);
}

/** A pool of shade around its base, longer on the side away from the light. */
function shadow({ measures, spot: { x, y, scale, light } }: Placed): string {
  const radius = measures.side * scale;
  const away = (light === "left" ? 0.2 : -0.2) * radius;
  const depth = Math.max(measures.down * scale * 1.5, radius * 0.36);
  return ellipse(x + away, y, radius * 1.25, depth, 'fill="url(#shadow)"');
}
