/** @file Paints a scene of solids: backdrop, soft shadows, then the solids from back to front. */
import { paintBackdrop } from "../paint/backdrop.js";
import { ellipse } from "../paint/draw.js";
import { ramps } from "../palette.js";
import { layout, type Placed } from "./layout.js";
import type { BlocksScene } from "./scene.js";
import { paintSolid, proportions, tilt } from "./solid.js";

/** The paint of soft shadows, `url(#shadow)`. */
export const shadowGradient =
  '<radialGradient id="shadow"><stop offset=".35" stop-opacity=".25"/><stop offset="1" stop-opacity="0"/></radialGradient>';

export function drawing(scene: BlocksScene): string {
  const solids = layout(scene);
  const shadows = solids.filter((solid) => !solid.raised).map(shadow);
  const painted = solids.map((solid, index) =>
    paintSolid(solid, ramps[solid.colour], `solid${index}`),
  );
  return (
    paintBackdrop(scene.nuisance.backdrop) + shadowGradient + shadows.join("") + painted.join("")
  );
}

/** A pool of shade around the base, longer on the side away from the light. */
function shadow({ shape, width, x, y, light }: Placed): string {
  const radius = width * proportions[shape].radius;
  const away = (light === "left" ? 0.35 : -0.35) * radius;
  return ellipse(x + away, y, radius * 1.35, radius * 1.6 * tilt.sin, 'fill="url(#shadow)"');
}
