/**
 * @file The concepts, each as a drawing in a square from −50 to 50, as colours for the parts of a thing, and as a tile
 * for its texture.
 */
import { ellipse, number } from "../paint/draw.js";
import type { Concept } from "./scene.js";

export interface Look {
  /** The whole concept, filling its square. */
  readonly art: string;
  /** Colour of parts like arms and spouts. */
  readonly skin: string;
  /** Of cushions and lids. */
  readonly flesh: string;
  /** Of small parts that stand out. */
  readonly accent: string;
  /** A piece of its surface, from −50 to 50 and without a gap. */
  readonly tile: string;
}

const path = (shape: string, fill: string, rest = "") =>
  `<path d="${shape}" fill="${fill}" ${rest}/>`;
const square = (fill: string) => `<rect x="-50" y="-50" width="100" height="100" fill="${fill}"/>`;
const round = (r: number, fill: string) => ellipse(0, 0, r, r, `fill="${fill}"`);
const turned = (angles: readonly number[], shape: string) =>
  angles.map((angle) => `<g transform="rotate(${angle})">${shape}</g>`).join("");
const every = (step: number) => Array.from({ length: 360 / step }, (_, index) => index * step);
const dots = (points: readonly (readonly number[])[], rx: number, ry: number, fill: string) =>
  points.map(([x, y]) => ellipse(x!, y!, rx, ry, `fill="${fill}"`)).join("");

const pear = (s: number) =>
  `M0 ${number(-50 * s)}C${number(22 * s)} ${number(-50 * s)} ${number(20 * s)} ${number(-22 * s)} ${number(36 * s)} ${number(-2 * s)}C${number(52 * s)} ${number(22 * s)} ${number(34 * s)} ${number(50 * s)} 0 ${number(50 * s)}C${number(-34 * s)} ${number(50 * s)} ${number(-52 * s)} ${number(22 * s)} ${number(-36 * s)} ${number(-2 * s)}C${number(-20 * s)} ${number(-22 * s)} ${number(-22 * s)} ${number(-50 * s)} 0 ${number(-50 * s)}Z`;
const pit = (x: number, y: number, r: number) =>
  ellipse(x, y, r, r, 'fill="#8a5a2b"') +
  ellipse(x - r * 0.3, y - r * 0.3, r * 0.35, r * 0.3, 'fill="#b98650"');
const seeds: readonly (readonly number[])[] = [
  [-26, -22],
  [0, -26],
  [26, -22],
  [-14, -4],
  [14, -4],
  [-24, 12],
  [0, 14],
  [24, 12],
  [-10, 30],
  [10, 30],
];
const spots: readonly (readonly number[])[] = [
  [-28, -8],
  [28, -8],
  [-18, 22],
  [18, 22],
  [-34, 16],
  [34, 16],
];
const sprinkles = [0, 37, 75, 110, 146, 182, 220, 255, 291, 328]
  .map(
    (angle, index) =>
      `<rect x="-5" y="${index % 2 === 0 ? -38 : -27}" width="10" height="4.500" rx="2" transform="rotate(${angle})" fill="${["#ffe14d", "#58c7f3", "#ffffff", "#7ed957"][index % 4]}"/>`,
  )
  .join("");
const stickers = (gap: number) =>
  [
    "#e53935",
    "#fdd835",
    "#1e88e5",
    "#43a047",
    "#ffffff",
    "#fb8c00",
    "#1e88e5",
    "#e53935",
    "#fdd835",
  ]
    .map(
      (colour, index) =>
        `<rect x="${-46 + (index % 3) * 31}" y="${-46 + Math.floor(index / 3) * 31}" width="${31 - gap}" height="${31 - gap}" rx="4" fill="${colour}"/>`,
    )
    .join("");
const pits = [-33, -11, 11, 33]
  .flatMap((y) =>
    [-33, -11, 11, 33].map(
      (x) => `<rect x="${x - 8}" y="${y - 8}" width="16" height="16" rx="2" fill="#b9761f"/>`,
    ),
  )
  .join("");
const crosshatch = (colour: string) =>
  path(
    "M-70 -20L20 70M-50 -50L50 50M-20 -70L70 20M70 -20L-20 70M50 -50L-50 50M20 -70L-70 20",
    "none",
    `stroke="${colour}" stroke-width="4"`,
  );
const leaf = "M0 0C10 -10 10 -24 0 -34C-10 -24 -10 -10 0 0Z";

export const looks: Readonly<Record<Concept, Look>> = {
  avocado: {
    art:
      path(pear(1), "#3f6b28") +
      path(pear(0.88), "#a9cf55") +
      path(pear(0.74), "#e6ee9c") +
      pit(0, 18, 19),
    skin: "#4f7f30",
    flesh: "#dbe88a",
    accent: "#8a5a2b",
    tile:
      square("#4f7f30") +
      `<g transform="scale(.900)">${path(pear(1), "#a9cf55")}${path(pear(0.82), "#e6ee9c")}${pit(0, 18, 18)}</g>`,
  },
  orange: {
    art:
      round(50, "#f57c00") +
      round(44, "#fff3e0") +
      turned(every(45), path("M0 -4L13 -34Q0 -46 -13 -34Z", "#ffa726")),
    skin: "#f57c00",
    flesh: "#ffb74d",
    accent: "#558b2f",
    tile:
      square("#ffb74d") +
      round(46, "#f57c00") +
      round(40, "#fff3e0") +
      turned(every(60), path("M0 -4L15 -30Q0 -40 -15 -30Z", "#ffa726")),
  },
  strawberry: {
    art:
      path(
        "M0 50C-26 36 -50 6 -44 -18C-38 -38 -14 -38 0 -30C14 -38 38 -38 44 -18C50 6 26 36 0 50Z",
        "#e53246",
      ) +
      dots(
        seeds.map(([x, y]) => [x!, y! + 6]),
        2.4,
        3.6,
        "#ffe082",
      ) +
      turned(
        [-80, -40, 0, 40, 80],
        `<g transform="translate(0 -26)">${path("M-7 2Q0 -26 7 2Z", "#43a047")}</g>`,
      ) +
      path("M-30 -30Q0 -46 30 -30Q16 -18 0 -22Q-16 -18 -30 -30Z", "#43a047"),
    skin: "#e53246",
    flesh: "#ff8a94",
    accent: "#43a047",
    tile:
      square("#e53246") +
      dots(
        [
          [-25, -25],
          [25, -25],
          [0, 0],
          [-25, 25],
          [25, 25],
        ],
        5,
        8,
        "#ffe082",
      ),
  },
  watermelon: {
    art:
      round(50, "#2e7d32") +
      round(43, "#dcedc8") +
      round(38, "#ef4056") +
      dots(
        seeds.map(([x, y]) => [x! * 0.9, y! * 0.85]),
        2.8,
        4.4,
        "#26181a",
      ),
    skin: "#2e7d32",
    flesh: "#ef4056",
    accent: "#26181a",
    tile:
      square("#43a047") +
      path("M-50 -50h16q10 25 0 50t0 50h-16ZM0 -50h16q10 25 0 50t0 50h-16Z", "#1b5e20"),
  },
  peach: {
    art:
      path(
        "M0 -34C22 -48 50 -32 50 2C50 32 26 50 0 50C-26 50 -50 32 -50 2C-50 -32 -22 -48 0 -34Z",
        "#ffb27a",
      ) +
      ellipse(20, 8, 24, 30, 'fill="#ff7a6b" fill-opacity=".7"') +
      path("M0 -34C-14 -6 -14 24 2 48", "none", 'stroke="#d9583f" stroke-width="4"') +
      `<g transform="translate(2 -30) rotate(52)">${path(leaf, "#66a33a")}</g>`,
    skin: "#ff9f70",
    flesh: "#ffd0a6",
    accent: "#66a33a",
    tile:
      square("#ffb27a") +
      ellipse(12, 10, 40, 36, 'fill="#ff7a6b" fill-opacity=".6"') +
      path("M-8 -50Q-26 0 -8 50", "none", 'stroke="#d9583f" stroke-width="5"'),
  },
  pineapple: {
    art:
      `<g transform="translate(0 -22)">${turned([-50, -25, 0, 25, 50], `<g transform="scale(1 1.100)">${path("M-8 0Q0 -26 0 -28Q0 -26 8 0Z", "#3d8b37")}</g>`)}</g>` +
      `<clipPath id="fruit"><ellipse cx="0" cy="14" rx="36" ry="36"/></clipPath>` +
      ellipse(0, 14, 36, 36, 'fill="#f6b92b"') +
      `<g clip-path="url(#fruit)">${crosshatch("#b9761f")}</g>`,
    skin: "#f6b92b",
    flesh: "#ffe082",
    accent: "#3d8b37",
    tile:
      square("#f6b92b") +
      crosshatch("#b9761f") +
      dots(
        [
          [0, -50],
          [0, 0],
          [0, 50],
          [-50, 0],
          [50, 0],
        ],
        5,
        5,
        "#8a5a1a",
      ),
  },
  doughnut: {
    art:
      round(50, "#d99a55") +
      turned(every(60), ellipse(0, -28, 21, 18, 'fill="#ff7ab8"')) +
      round(40, "#ff7ab8") +
      sprinkles +
      round(14, "#b87a3d") +
      round(11, "#f6efe4"),
    skin: "#d99a55",
    flesh: "#ff7ab8",
    accent: "#58c7f3",
    tile: square("#ff7ab8") + sprinkles,
  },
  pizza: {
    art:
      path("M-50 -36Q0 -62 50 -36L0 50Z", "#f8c64a") +
      path("M-50 -36Q0 -62 50 -36L45 -24Q0 -46 -45 -24Z", "#c77c32") +
      dots(
        [
          [-18, -18],
          [18, -16],
          [0, 10],
          [-2, -34],
        ],
        8.5,
        8.5,
        "#d23b2a",
      ) +
      dots(
        [
          [4, -12],
          [-10, 0],
          [10, 24],
        ],
        3.5,
        2,
        "#4a8f3c",
      ),
    skin: "#c77c32",
    flesh: "#f8c64a",
    accent: "#d23b2a",
    tile:
      square("#f8c64a") +
      dots(
        [
          [-24, -22],
          [24, 22],
        ],
        15,
        15,
        "#d23b2a",
      ) +
      dots(
        [
          [24, -24],
          [-22, 24],
          [0, 0],
        ],
        6,
        3.5,
        "#4a8f3c",
      ),
  },
  waffle: {
    art: `<rect x="-50" y="-50" width="100" height="100" rx="16" fill="#e2a544"/>${pits}<rect x="-15" y="-15" width="30" height="24" rx="4" fill="#fff2a8" transform="rotate(-12)"/>`,
    skin: "#d1923a",
    flesh: "#f0c877",
    accent: "#fff2a8",
    tile: square("#e2a544") + pits,
  },
  cactus: {
    art:
      path(
        "M-42 -18a9 9 0 0 1 18 0v14h8v18h-14q-12 0 -12 -12ZM42 -28a9 9 0 0 0 -18 0v20h-8v18h14q12 0 12 -12Z",
        "#3f9150",
      ) +
      path("M-20 50V-28a20 20 0 0 1 40 0V50Z", "#4caf62") +
      path("M-8 50V-38M8 50V-38", "none", 'stroke="#2f7a40" stroke-width="3"') +
      path(
        "M-14 -20h-4M-14 4h-4M-14 28h-4M14 -20h4M14 4h4M14 28h4M0 -30v-5M0 -8v-5M0 14v-5M0 36v-5",
        "none",
        'stroke="#fff" stroke-width="2.400"',
      ) +
      dots(
        [
          [-6, -46],
          [6, -46],
          [0, -50],
          [0, -43],
        ],
        5.5,
        5,
        "#ff5fa2",
      ) +
      ellipse(0, -46, 3, 3, 'fill="#ffe14d"'),
    skin: "#4caf62",
    flesh: "#7fd08f",
    accent: "#ff5fa2",
    tile:
      square("#4caf62") +
      path("M-34 -50V50M0 -50V50M34 -50V50", "none", 'stroke="#2f7a40" stroke-width="5"') +
      path(
        "M-20 -30l6 6m0 -6l-6 6M14 -6l6 6m0 -6l-6 6M-20 20l6 6m0 -6l-6 6",
        "none",
        'stroke="#fff" stroke-width="4"',
      ),
  },
  "rubik's cube": {
    art: `<rect x="-50" y="-50" width="100" height="100" rx="9" fill="#17171c"/>${stickers(3)}`,
    skin: "#1e88e5",
    flesh: "#fdd835",
    accent: "#e53935",
    tile: square("#17171c") + stickers(3),
  },
  ladybug: {
    art:
      path(
        "M-18 -40L-30 -50M18 -40L30 -50",
        "none",
        'stroke="#1c1c22" stroke-width="4" stroke-linecap="round"',
      ) +
      ellipse(0, -30, 24, 18, 'fill="#1c1c22"') +
      ellipse(0, 8, 46, 42, 'fill="#e5322d"') +
      path("M0 -34V50", "none", 'stroke="#1c1c22" stroke-width="5"') +
      dots(spots, 8, 8, "#1c1c22") +
      dots(
        [
          [-10, -36],
          [10, -36],
        ],
        4.5,
        4.5,
        "#ffffff",
      ),
    skin: "#1c1c22",
    flesh: "#e5322d",
    accent: "#ffffff",
    tile:
      square("#e5322d") +
      dots(
        [
          [-24, -24],
          [24, 24],
        ],
        14,
        14,
        "#1c1c22",
      ),
  },
};
