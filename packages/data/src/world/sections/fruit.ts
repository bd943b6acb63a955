/** @file Fruit cut through. Each is drawn around the origin with a radius of about 24 units. */
import type { Random } from "../../random.js";
import { oval, patch, shape, stroke, twice } from "../paint/shape.js";
import type { Rgb } from "../palette.js";
import { disc, glow, polar, sector, seeds, skin } from "./round.js";

const white: Rgb = [255, 255, 255];
const pip: Rgb = [58, 34, 28];

export function watermelon(random: Random): string {
  const turn = random.between(0, 40);
  const stripes = Array.from({ length: 22 }, (_, at) => {
    const [from, to] = [turn + at * 16.36, turn + at * 16.36 + 7];
    return patch(sector(20.6, 23.6, from, to), [22, 84, 40]);
  });
  const flesh = glow("flesh", 20.6, [
    [0, [250, 106, 104]],
    [0.55, [236, 66, 74]],
    [0.88, [230, 60, 70]],
    [0.95, [248, 190, 170]],
    [1, [232, 244, 204]],
  ]);
  return (
    flesh +
    skin(disc(24), [52, 140, 62]) +
    stripes.join("") +
    patch(disc(21.6), [206, 234, 170]) +
    patch(disc(20.6), "flesh") +
    seeds(8.4, 7, [1.7, 0.9], pip, turn) +
    seeds(14.4, 12, [1.8, 0.95], pip, turn + 14)
  );
}

/** Peel, pith and juicy segments in three tones each. */
function citrus(random: Random, peel: string, flesh: readonly [Rgb, Rgb], count: number): string {
  const turn = random.between(0, 36);
  const each = 360 / count;
  const segments = Array.from({ length: count }, (_, at) => {
    const [from, to] = [turn + at * each + 5, turn + (at + 1) * each - 5];
    const slice = sector(4, 18.2, from, to);
    const juice = [0.3, 0.5, 0.7].map((share) => {
      const [x1, y1] = polar(8, from + (to - from) * share);
      const [x2, y2] = polar(14.6, from + (to - from) * share);
      return stroke(
        `M${x1.toFixed(2)} ${y1.toFixed(2)}L${x2.toFixed(2)} ${y2.toFixed(2)}`,
        flesh[1],
        0.7,
      );
    });
    return (
      `<path d="${slice}" fill="url(#flesh)" stroke="url(#flesh)" stroke-width="1.8" stroke-linejoin="round"/>` +
      juice.join("")
    );
  });
  return (
    glow("flesh", 19, [
      [0, flesh[1]],
      [1, flesh[0]],
    ]) +
    peel +
    patch(disc(21.8), [255, 248, 226]) +
    segments.join("") +
    patch(disc(2), [255, 248, 226])
  );
}

export function orange(random: Random): string {
  return citrus(
    random,
    skin(disc(24), [240, 130, 20]),
    [
      [248, 140, 24],
      [255, 184, 84],
    ],
    10,
  );
}

export function lemon(random: Random): string {
  const tipped =
    "M-27 0Q-24.6 -2.8 -22.6 -7.6A24 24 0 0 1 22.6 -7.6Q24.6 -2.8 27 0Q24.6 2.8 22.6 7.6A24 24 0 0 1 -22.6 7.6Q-24.6 2.8 -27 0Z";
  return (
    citrus(
      random,
      skin(tipped, [244, 208, 30]),
      [
        [250, 222, 70],
        [255, 242, 160],
      ],
      8,
    ) + seeds(9.4, 4, [1.5, 0.8], [214, 186, 120], random.between(20, 24))
  );
}

export function kiwi(random: Random): string {
  const turn = random.between(0, 20);
  const streaks = Array.from(
    { length: 18 },
    (_, at) =>
      `<g transform="rotate(${turn + at * 20})">${patch("M6 0L20 -1.3Q20.8 0 20 1.3Z", [176, 216, 96], 0.8)}</g>`,
  );
  return (
    glow("flesh", 22, [
      [0.2, [190, 222, 110]],
      [0.6, [118, 184, 52]],
      [0.9, [96, 166, 44]],
      [1, [150, 200, 90]],
    ]) +
    skin(disc(24), [128, 92, 52]) +
    `<path d="${disc(23.4)}" fill="none" stroke="#a07848" stroke-width="1" stroke-dasharray="1 1.4"/>` +
    patch(disc(22), "flesh") +
    streaks.join("") +
    patch(oval(0, 0, 5.6, 5), [244, 246, 206]) +
    seeds(9, 18, [1.3, 0.75], [30, 26, 24], turn + 10) +
    seeds(11.8, 12, [1, 0.6], [30, 26, 24], turn)
  );
}

export function apple(): string {
  const half =
    "M0 -17C6 -23 24 -21 23 -3C22 12 12 22.6 6 22.6C3 22.6 2 21 0 21C-2 21 -3 22.6 -6 22.6C-12 22.6 -22 12 -23 -3C-24 -21 -6 -23 0 -17Z";
  return (
    skin(half, [206, 34, 44]) +
    stroke("M0 -17Q.6 -21 -2 -25.4", [110, 74, 50], 2.6) +
    shape("M1 -20.6Q4.6 -27 13 -25.4Q10 -18.6 1 -20.6Z", [74, 164, 74]) +
    `<g transform="translate(0 .3) scale(.9 .9)">${patch(half, [255, 244, 206])}</g>` +
    stroke("M0 -13V16", [226, 206, 150], 0.8) +
    patch("M0 -8C8 -7 9.6 4 0 13C-9.6 4 -8 -7 0 -8Z", [246, 228, 170]) +
    `<path d="M0 -8C8 -7 9.6 4 0 13C-9.6 4 -8 -7 0 -8Z" fill="none" stroke="#d8b878" stroke-width=".8"/>` +
    twice(shape("M1.4 -3C5 -2 5 4 2 6.4C.6 3 .4 0 1.4 -3Z", [104, 62, 36]))
  );
}

export function avocado(): string {
  const half =
    "M0 -26C5.6 -26 8 -20 10 -12.6C12 -6 18.6 -1 18.6 8C18.6 18 10.4 25 0 25C-10.4 25 -18.6 18 -18.6 8C-18.6 -1 -12 -6 -10 -12.6C-8 -20 -5.6 -26 0 -26Z";
  return (
    skin(half, [44, 76, 36]) +
    `<g transform="translate(0 .2) scale(.9 .92)">${patch(half, [140, 188, 62])}</g>` +
    `<g transform="translate(0 .6) scale(.8 .84)">${patch(half, [226, 234, 140])}</g>` +
    patch(oval(0, 8.6, 10.6, 10.8), [196, 206, 100]) +
    shape(oval(0, 8.4, 9.2, 9.4), [140, 86, 44]) +
    patch(oval(1, 10.4, 6.6, 6.2), [116, 66, 34], 0.6) +
    patch(oval(-3.4, 4.4, 2.4, 2), [206, 156, 108])
  );
}

export function pomegranate(random: Random): string {
  const crown = "M-5 -21L-7.4 -27.4L-2.6 -24.4L0 -28.4L2.6 -24.4L7.4 -27.4L5 -21Z";
  const turn = random.between(-10, 10);
  const chambers = [0, 1, 2, 3, 4, 5].map((chamber) => {
    const middle = turn + chamber * 60;
    const arils = [
      [6.2, 0],
      [10.6, -14],
      [10.6, 14],
      [15.4, -18],
      [15.6, 0],
      [15.4, 18],
    ].map(([radius, off]) => {
      const [x, y] = polar(radius!, middle + off!);
      return (
        patch(oval(x, y, 2.5, 2.5), [120, 8, 40]) +
        patch(oval(x, y, 2, 2), [206, 24, 62]) +
        patch(oval(x - 0.6, y - 0.7, 0.7, 0.6), [255, 166, 180])
      );
    });
    return patch(sector(2.4, 19.4, middle - 26, middle + 26), [168, 16, 50]) + arils.join("");
  });
  return (
    skin(crown, [190, 40, 56]) +
    skin(disc(23.4), [190, 32, 54]) +
    patch(disc(21), [252, 226, 176]) +
    chambers.join("") +
    patch(disc(2), white, 0.5)
  );
}

export function onion(random: Random): string {
  const turn = random.between(-6, 6);
  const rings = [21.4, 18.2, 15, 11.8, 8.6, 5.6, 2.8].map(
    (radius, at) =>
      patch(oval(0, 0, radius + 0.3, radius), [150, 52, 128]) +
      patch(oval(0, 0, radius - 0.5, radius - 0.8), at % 2 ? [250, 236, 248] : [238, 208, 234]),
  );
  return (
    `<g transform="rotate(${turn})">` +
    skin(disc(24), [126, 34, 92]) +
    patch(disc(22.6), [248, 232, 246]) +
    rings.join("") +
    patch(oval(0, 0, 1, 1.3), [170, 196, 110]) +
    "</g>"
  );
}
