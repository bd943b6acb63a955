/** @file A beach: sea with waves and sails, sand, a palm; snow on the sand in winter. */
import { ellipse, number } from "../../paint/draw.js";
import type { Mood } from "../light.js";
import { paintSky } from "../sky.js";
import { broadTree } from "./plants.js";

export function beach(mood: Mood) {
  const { ink, random, season, time } = mood;
  const foam = (y: number, opacity: number) =>
    `<path d="M-2 ${number(y)}q5 -1.800 10 0t10 0t10 0t10 0t10 0t10 0t10 0V${number(y + 1.6)}q-5 -1.800 -10 0t-10 0t-10 0t-10 0t-10 0t-10 0t-10 0Z" fill="#fff" fill-opacity="${opacity}"/>`;
  const sand = season === "winter" ? ([240, 242, 246] as const) : ([242, 216, 160] as const);
  const glints = Array.from({ length: 9 }, () => {
    const x = random.between(2, 58);
    return `<rect x="${number(x)}" y="${number(random.between(36, 44))}" width="${number(random.between(2, 5))}" height=".5" fill="#fff" fill-opacity=".6"/>`;
  }).join("");
  const boat = random.between(18, 44);
  const sail = `<path d="M${boat} 28v7h-5ZM${number(boat + 0.7)} 29v6h4Z" fill="${ink([255, 250, 240])}"/><path d="M${number(boat - 5.5)} 35.500h11l-2 2h-7Z" fill="${ink([190, 64, 48])}"/>`;
  const shells = Array.from({ length: 6 }, () =>
    ellipse(
      random.between(2, 62),
      random.between(53, 63),
      0.9,
      0.6,
      `fill="${ink([222, 180, 130])}"`,
    ),
  ).join("");
  const right = random.oneIn(2);
  const tree =
    season === "none" || season === "summer"
      ? palm(mood, right ? 57 : 7, right ? -1 : 1)
      : broadTree(mood, right ? 58 : 6, 53, 26);
  return {
    behind:
      paintSky(mood, 36) +
      `<linearGradient id="sea" x2="0" y2="1"><stop stop-color="${ink([32, 112, 190], time === "day" ? 0.1 : 0.25)}"/><stop offset="1" stop-color="${ink([64, 190, 204])}"/></linearGradient>` +
      `<rect y="36" width="64" height="16" fill="url(#sea)"/>` +
      glints +
      sail +
      foam(44, 0.5) +
      `<path d="M-2 49.500Q12 46.500 28 49T66 48V66H-2Z" fill="${ink(sand)}"/>` +
      foam(48.4, 0.9) +
      shells +
      tree,
    front: ellipse(right ? 8 : 56, 62, 2.4, 1.4, `fill="${ink([250, 140, 110])}"`),
  };
}

/** Leaning by `side`, with long leaves and two nuts. */
function palm({ ink }: Mood, x: number, side: 1 | -1): string {
  const [topX, topY] = [x + side * 6, 24];
  const leaf = (dx: number, dy: number) =>
    `<path d="M${topX} ${topY}Q${number(topX + dx * 0.5)} ${number(topY + dy - 5)} ${number(topX + dx)} ${number(topY + dy)}Q${number(topX + dx * 0.45)} ${number(topY + dy - 1.5)} ${topX} ${topY}Z" fill="${ink(dx * side > 0 ? [58, 150, 70] : [40, 126, 62])}"/>`;
  return (
    `<path d="M${number(x - 1.6)} 55Q${x} 38 ${number(topX - 0.8)} ${topY}L${number(topX + 0.9)} ${topY}Q${number(x + 2.4)} 38 ${number(x + 2)} 55Z" fill="${ink([146, 104, 64])}"/>` +
    [
      [-13, 3],
      [-9, -5],
      [-10, 9],
      [13, 3],
      [9, -5],
      [10, 9],
      [1, -8],
    ]
      .map(([dx, dy]) => leaf(dx!, dy!))
      .join("") +
    ellipse(topX - 1.4, topY + 1.2, 1.4, 1.4, `fill="${ink([110, 70, 40])}"`) +
    ellipse(topX + 1.4, topY + 1.4, 1.4, 1.4, `fill="${ink([110, 70, 40])}"`)
  );
}
