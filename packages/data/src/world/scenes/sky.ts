/** @file The sky: its gradient, sun or moon, stars and clouds; and what falls from it in a season. */
import { ellipse, number, stop } from "../paint/draw.js";
import { type Mood, skies } from "./light.js";

/** Covers the canvas; the horizon is at `horizon`. */
export function paintSky({ time, random }: Mood, horizon: number): string {
  const [top, middle, low] = skies[time];
  const air =
    `<linearGradient id="air" x2="0" y2="1">${stop(0, top!)}${stop(0.55, middle!)}${stop(1, low!)}</linearGradient>` +
    `<rect width="64" height="${number(horizon + 2)}" fill="url(#air)"/>`;
  const x = random.pick([random.between(8, 18), random.between(46, 56)]);
  const bodies = {
    day: () => glow(x, 9, "#fff6c0", 11) + ellipse(x, 9, 4.5, 4.5, 'fill="#fff3a0"'),
    sunrise: () =>
      rays(x, horizon) +
      glow(x, horizon, "#fff2b8", 20) +
      ellipse(x, horizon, 7, 7, 'fill="#fff6cf"'),
    sunset: () =>
      glow(x, horizon - 4, "#ffb347", 22) + ellipse(x, horizon - 4, 8, 8, 'fill="#ff5a2e"'),
    night: () => stars(random.integer(1000)) + moon(x),
  };
  return air + bodies[time]() + (time === "night" ? "" : clouds());

  function clouds(): string {
    const tint = { day: "#ffffff", sunrise: "#ffe3e0", sunset: "#b5527a" }[time as "day"];
    return Array.from({ length: 2 + random.integer(2) }, () => {
      const [left, y, wide] = [
        random.between(-4, 60),
        random.between(4, horizon * 0.5),
        random.between(4, 8),
      ];
      const puff = (dx: number, dy: number, r: number) =>
        ellipse(left + dx * wide, y + dy, r * wide, r * wide * 0.55, "");
      return `<g fill="${tint}" fill-opacity=".8">${puff(0, 0, 0.8)}${puff(0.8, 0.4, 0.7)}${puff(-0.8, 0.5, 0.6)}</g>`;
    }).join("");
  }

  function stars(shift: number): string {
    // Spread by the golden angle's fractions, so that no two meet.
    return Array.from({ length: 34 }, (_, index) => {
      const [sx, sy] = [(shift + index * 61.8034) % 100, (shift + index * 38.1966 * 1.7) % 100];
      const r = index % 5 === 0 ? 0.7 : 0.36;
      return ellipse(sx * 0.64, (sy * horizon) / 100, r, r, 'fill="#fff8dc"');
    }).join("");
  }
}

function glow(x: number, y: number, colour: string, radius: number): string {
  return (
    `<radialGradient id="glow"><stop offset=".2" stop-color="${colour}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>` +
    ellipse(x, y, radius, radius, 'fill="url(#glow)"')
  );
}

function rays(x: number, y: number): string {
  return [-80, -55, -30, 0, 30, 55, 80]
    .map(
      (angle) =>
        `<path d="M0 0L-3 -60L3 -60Z" transform="translate(${number(x)} ${number(y)}) rotate(${angle})" fill="#fff4c4" fill-opacity=".4"/>`,
    )
    .join("");
}

function moon(x: number): string {
  return (
    glow(x, 11, "#8fa4e8", 12) +
    ellipse(x, 11, 5.5, 5.5, 'fill="#fdf6d8"') +
    ellipse(x - 1.6, 9.6, 1.1, 1.1, 'fill="#e3d9b0"') +
    ellipse(x + 1.8, 12.4, 1.5, 1.4, 'fill="#e3d9b0"')
  );
}

/** Petals, butterflies, leaves or snow in front of everything. */
export function paintSeason({ season, random, ink }: Mood): string {
  const scatter = (count: number, one: (x: number, y: number) => string) =>
    Array.from({ length: count }, () => one(random.between(0, 64), random.between(2, 62))).join("");
  const turned = (x: number, y: number, shape: string) =>
    `<g transform="translate(${number(x)} ${number(y)}) rotate(${random.integer(360)})">${shape}</g>`;
  switch (season) {
    case "spring":
      return scatter(14, (x, y) =>
        turned(x, y, ellipse(0, 0, 1.1, 0.7, `fill="${ink([255, 190, 216])}"`)),
      );
    case "summer":
      return scatter(3, (x, y) => {
        const wing = `fill="${ink(
          random.pick([
            [255, 190, 40],
            [250, 250, 250],
            [255, 120, 60],
          ]),
        )}"`;
        return turned(x, y, ellipse(-1, 0, 1, 1.5, wing) + ellipse(1, 0, 1, 1.5, wing));
      });
    case "autumn":
      return scatter(13, (x, y) =>
        turned(
          x,
          y,
          `<path d="M-1.800 0Q0 -1.800 1.800 0Q0 1.800 -1.800 0Z" fill="${ink(
            random.pick([
              [220, 80, 30],
              [240, 160, 40],
              [176, 52, 36],
            ]),
          )}"/>`,
        ),
      );
    case "winter":
      return scatter(34, (x, y) => {
        const r = random.between(0.4, 0.95);
        return ellipse(x, y, r, r, 'fill="#fff" fill-opacity=".92"');
      });
    default:
      return "";
  }
}
