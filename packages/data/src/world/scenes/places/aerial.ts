/** @file The places from above: patchwork, treetops, ridges, a coast, roofs and streets. Covers the canvas. */
import type { Random } from "../../../random.js";
import { ellipse, number } from "../../paint/draw.js";
import { blend, type Rgb } from "../../palette.js";
import type { Mood } from "../light.js";
import type { Ground } from "../scene.js";

const all = (fill: string) => `<rect width="64" height="64" fill="${fill}"/>`;
const spread = (random: Random, count: number, one: (x: number, y: number) => string) =>
  Array.from({ length: count }, () => one(random.between(0, 64), random.between(0, 64))).join("");

function treetop({ ink, leaves, random }: Mood, x: number, y: number): string {
  const r = random.between(2.6, 4.6);
  const tone = random.pick(leaves);
  return (
    ellipse(x + 1.2, y + 1.6, r, r, 'fill="#000" fill-opacity=".25"') +
    ellipse(x, y, r, r, `fill="${ink(tone)}"`) +
    ellipse(
      x - r * 0.25,
      y - r * 0.3,
      r * 0.55,
      r * 0.5,
      `fill="${ink(blend(tone, [255, 255, 230], 0.25))}"`,
    )
  );
}

const painters: Readonly<Record<Ground, (mood: Mood) => string>> = {
  field(mood) {
    const { ink, grass, random } = mood;
    let patches = "";
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        const tone = blend(
          grass,
          random.pick<Rgb>([
            [230, 200, 90],
            [70, 120, 50],
            [190, 150, 96],
          ]),
          random.between(0, 0.5),
        );
        const furrows = [2, 5, 8, 11, 14]
          .map((at) => ((row + column) % 2 === 0 ? `M0 ${at}H16` : `M${at} 0V16`))
          .join("");
        patches += `<g transform="translate(${column * 16} ${row * 16})"><rect width="15.400" height="15.400" fill="${ink(tone)}"/><path d="${furrows}" stroke="${ink(blend(tone, [40, 40, 10], 0.25))}" stroke-width=".7"/></g>`;
      }
    }
    return `${all(ink([206, 186, 140]))}<g transform="rotate(${random.between(-12, 12)} 32 32) translate(-10 -10) scale(1.320)">${patches}</g>${spread(random, 7, (x, y) => treetop(mood, x, y))}`;
  },
  forest(mood) {
    return (
      all(mood.ink(blend(mood.grass, [20, 60, 20], 0.5))) +
      spread(mood.random, 120, (x, y) => treetop(mood, x, y)) +
      // A clearing for the animal.
      ellipse(32, 36, 15, 14, `fill="${mood.ink(mood.grass)}"`)
    );
  },
  mountain(mood) {
    const { ink, random } = mood;
    const ridge = (x: number, y: number) => {
      const r = random.between(9, 14);
      return (
        `<path d="M${number(x - r)} ${number(y + r)}L${number(x)} ${number(y - r)}L${number(x + r * 0.2)} ${number(y + r)}Z" fill="${ink([176, 172, 170])}"/>` +
        `<path d="M${number(x)} ${number(y - r)}L${number(x + r)} ${number(y + r * 0.7)}L${number(x + r * 0.2)} ${number(y + r)}Z" fill="${ink([98, 98, 116])}"/>` +
        `<path d="M${number(x - r * 0.42)} ${number(y - r * 0.2)}L${number(x)} ${number(y - r)}L${number(x + r * 0.46)} ${number(y - r * 0.2)}L${number(x + r * 0.1)} ${number(y - r * 0.35)}L${number(x - r * 0.05)} ${number(y + r * 0.1)}Z" fill="${ink([255, 255, 255])}"/>`
      );
    };
    // Row before row, so that the nearer ones stand before the farther ones.
    let ridges = "";
    for (let y = -2; y < 76; y += 14) {
      for (let x = (y % 2) * 5; x < 74; x += 15)
        ridges += ridge(x + random.between(-3, 3), y + random.between(-2, 2));
    }
    return all(ink([132, 128, 132])) + ridges;
  },
  beach({ ink, season }) {
    const sand: Rgb = season === "winter" ? [240, 243, 248] : [244, 218, 160];
    const coast = (shift: number, fill: string) =>
      `<path d="M-2 ${24 + shift}C12 ${16 + shift} 20 ${34 + shift} 36 ${22 + shift}S56 ${14 + shift} 66 ${20 + shift}V-2H-2Z" fill="${fill}"/>`;
    return (
      all(ink(sand)) +
      coast(5, ink([214, 190, 136])) +
      coast(3, "#ffffff") +
      coast(1, ink([110, 214, 214])) +
      coast(-7, ink([50, 160, 204])) +
      coast(-15, ink([30, 110, 180])) +
      [8, 22, 46, 58]
        .map((x, at) =>
          parasol(x, 52 + (at % 2) * 7, at % 2 === 0 ? ink([232, 64, 60]) : ink([50, 120, 220])),
        )
        .join("")
    );
  },
  city({ ink, random, time }) {
    let blocks = "";
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        const [x, y] = [column * 18 - 4, row * 18 - 4];
        const tone = random.pick<Rgb>([
          [196, 100, 80],
          [170, 170, 178],
          [222, 204, 170],
          [130, 150, 176],
        ]);
        const light = time === "night" ? "#ffdf7a" : ink(blend(tone, [255, 255, 255], 0.4));
        blocks +=
          `<rect x="${x + 1.6}" y="${y + 2}" width="12" height="12" fill="#000" fill-opacity=".35"/>` +
          `<rect x="${x}" y="${y}" width="12" height="12" fill="${ink(tone)}"/>` +
          `<path d="M${x + 2} ${y + 2}h3v3h-3ZM${x + 7} ${y + 6}h3v4h-3Z" fill="${light}"/>`;
      }
    }
    const lines = [11, 29, 47, 65].map((at) => `M${at} 0V64M0 ${at}H64`).join("");
    return `${all(ink([84, 86, 96]))}<path d="${lines}" stroke="${ink([240, 230, 160])}" stroke-width=".7" stroke-dasharray="2 2"/>${blocks}`;
  },
};

function parasol(x: number, y: number, fill: string): string {
  return (
    ellipse(x + 1.5, y + 1.5, 4, 4, 'fill="#000" fill-opacity=".2"') +
    ellipse(x, y, 4, 4, `fill="#fff"`) +
    [0, 90, 180, 270]
      .map(
        (angle) =>
          `<path d="M0 0L4 0A4 4 0 0 1 2.830 2.830Z" transform="translate(${x} ${y}) rotate(${angle})" fill="${fill}"/>`,
      )
      .join("")
  );
}

export function aerial(ground: Ground, mood: Mood): string {
  return painters[ground](mood);
}
