/**
 * @file What makes each object itself: parts behind its body (post, handle, cutlery) and details on it
 * (hands, rim, landscape, holes, glare). Drawn in outline units: origin at the middle, radius 100, y down.
 */
import { ellipse, fillTone, number, type Point, polygon, ring } from "../paint/draw.js";
import { hex, type Ramp, type Rgb, toneOf } from "../palette.js";
import { bounds, innerRadius, scaled } from "./outline.js";
import type { ObjectName } from "./scene.js";

/** Everything a fitting may look at. */
export interface Body {
  readonly points: readonly Point[];
  readonly ramp: Ramp;
  readonly shade: number;
  /** The pattern's second colour. */
  readonly accent: Rgb;
}

export interface Fittings {
  /** The object's radius in canvas units, before zoom. */
  readonly radius: number;
  /** How far the whole object reaches beyond its outline, in outline units. */
  readonly beyond: { readonly side: number; readonly below: number };
  behind(body: Body): string;
  upon(body: Body): string;
}

const dark: Rgb = [44, 48, 62];
const metal: Rgb = [84, 90, 104];
const paper: Rgb = [252, 248, 234];

export const fittings: Readonly<Record<ObjectName, Fittings>> = {
  clock: {
    radius: 24,
    beyond: { side: 0, below: 0 },
    behind: () => "",
    upon({ points }) {
      const face = Math.min(66, innerRadius(points) * 0.82);
      const ticks = [
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ].map(([x, y]) =>
        line(
          [
            [x! * face * 0.7, y! * face * 0.7],
            [x! * face * 0.9, y! * face * 0.9],
          ],
          dark,
          8,
        ),
      );
      return (
        disc(0, 0, face, `fill="${hex(paper)}" stroke="${hex(dark)}" stroke-width="7"`) +
        ticks.join("") +
        line(
          [
            [-face * 0.36, -face * 0.26],
            [0, 0],
            [face * 0.3, -face * 0.55],
          ],
          dark,
          11,
        )
      );
    },
  },

  plate: {
    radius: 21,
    beyond: { side: 41, below: 0 },
    behind({ points }) {
      const { left, right } = bounds(points);
      const [fork, knife] = [left - 26, right + 20];
      const tines = [-13, 0, 13].map((x) =>
        line(
          [
            [fork + x, -92],
            [fork + x, -48],
          ],
          dark,
          7,
        ),
      );
      return (
        tines.join("") +
        line(
          [
            [fork - 13, -48],
            [fork + 13, -48],
          ],
          dark,
          10,
        ) +
        line(
          [
            [fork, -44],
            [fork, 92],
          ],
          dark,
          11,
        ) +
        line(
          [
            [knife, 0],
            [knife, 92],
          ],
          dark,
          11,
        ) +
        polygon(
          [
            [knife - 7, 6],
            [knife - 7, -96],
            [knife + 12, -66],
            [knife + 12, 6],
          ],
          `fill="${hex(dark)}"`,
        )
      );
    },
    upon({ points, ramp, shade }) {
      const seam = hex(toneOf(ramp, shade - 1));
      const well = `fill="#fff" fill-opacity=".14" stroke="${seam}" stroke-width="9"`;
      return polygon(scaled(points, 0.62), well);
    },
  },

  sign: {
    radius: 20,
    beyond: { side: 0, below: 80 },
    behind: ({ points }) =>
      line(
        [
          [0, 0],
          [0, bounds(points).bottom + 90],
        ],
        metal,
        22,
      ),
    upon({ points, accent }) {
      const half = Math.min(52, innerRadius(points) * 0.68);
      const rows = [
        [-0.3, 0.7],
        [0.3, 0.3],
      ].map(([y, end]) =>
        line(
          [
            [-half * 0.7, y! * half],
            [half * end!, y! * half],
          ],
          dark,
          half * 0.3,
        ),
      );
      return (
        polygon(scaled(points, 0.86), `fill="none" stroke="${hex(accent)}" stroke-width="9"`) +
        box(-half, -half * 0.75, half * 2, half * 1.5, `fill="${hex(paper)}"`) +
        rows.join("")
      );
    },
  },

  "picture frame": {
    radius: 25,
    beyond: { side: 0, below: 0 },
    behind: () => "",
    upon({ points, ramp, shade }) {
      const opening = scaled(points, 0.66);
      return (
        `<clipPath id="opening"><path d="${ring(opening)}"/></clipPath><g clip-path="url(#opening)">` +
        box(-90, -90, 180, 180, 'fill="#9fd4f7"') +
        disc(24, -24, 15, 'fill="#ffe36b"') +
        ellipse(-44, 52, 74, 52, 'fill="#4f9a52"') +
        ellipse(50, 66, 76, 52, 'fill="#2f7a44"') +
        "</g>" +
        polygon(opening, `fill="none" stroke="${hex(toneOf(ramp, shade - 1))}" stroke-width="8"`)
      );
    },
  },

  cushion: {
    radius: 25,
    beyond: { side: 0, below: 0 },
    behind: () => "",
    upon({ points, ramp, shade }) {
      const seam = hex(toneOf(ramp, shade - 1));
      const tips = points.length > 12 ? [0, 1, 2, 3, 4, 5].map(sixth) : scaled(points, 0.5);
      const creases = tips.map(([x, y]) => {
        const [across, along] = [-y * 0.1, x * 0.1];
        return polygon(
          [
            [across, along],
            [x, y],
            [-across, -along],
          ],
          `fill="${seam}"`,
        );
      });
      return (
        polygon(
          scaled(points, 0.92),
          `fill="none" stroke="${seam}" stroke-width="7" stroke-dasharray="16 10"`,
        ) +
        creases.join("") +
        disc(0, 0, 17, `${fillTone(ramp, shade + 0.9)} stroke="${seam}" stroke-width="7"`)
      );
    },
  },

  button: {
    radius: 24,
    beyond: { side: 0, below: 0 },
    behind: () => "",
    upon({ points, ramp, shade }) {
      const apart = Math.min(27, innerRadius(points) * 0.36);
      const holes = [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ].map(([x, y]) => disc(x! * apart, y! * apart, apart * 0.52, `fill="${hex(dark)}"`));
      const groove = `fill="none" stroke="${hex(toneOf(ramp, shade - 1))}" stroke-width="11"`;
      return polygon(scaled(points, 0.76), groove) + holes.join("");
    },
  },

  mirror: {
    radius: 20,
    beyond: { side: 0, below: 80 },
    behind({ points, ramp, shade }) {
      const { bottom } = bounds(points);
      return (
        line(
          [
            [0, bottom * 0.6],
            [0, bottom + 74],
          ],
          toneOf(ramp, shade - 0.9),
          34,
          "round",
        ) +
        line(
          [
            [0, bottom * 0.6],
            [0, bottom + 74],
          ],
          toneOf(ramp, shade + 0.1),
          22,
          "round",
        )
      );
    },
    upon({ points, ramp, shade }) {
      const glass = scaled(points, 0.7);
      const glare = (x: number, width: number) =>
        polygon(
          [
            [x - 90, 90],
            [x - 90 + width, 90],
            [x + 90 + width, -90],
            [x + 90, -90],
          ],
          'fill="#f4fbff"',
        );
      return (
        `<clipPath id="glass"><path d="${ring(glass)}"/></clipPath><g clip-path="url(#glass)">` +
        box(-100, -100, 200, 200, 'fill="#a9cfe0"') +
        glare(-38, 26) +
        glare(6, 14) +
        "</g>" +
        polygon(glass, `fill="none" stroke="${hex(toneOf(ramp, shade - 1))}" stroke-width="8"`)
      );
    },
  },
};

/** Where a crease of a rounded cushion ends. */
function sixth(step: number): Point {
  const angle = ((step + 0.5) * Math.PI) / 3;
  return [50 * Math.cos(angle), 50 * Math.sin(angle)];
}

function line(points: readonly Point[], colour: Rgb, width: number, cap = "butt"): string {
  const path = `M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join("L")}`;
  return `<path d="${path}" fill="none" stroke="${hex(colour)}" stroke-width="${number(width)}" stroke-linecap="${cap}" stroke-linejoin="round"/>`;
}

function disc(x: number, y: number, radius: number, attributes: string): string {
  return ellipse(x, y, radius, radius, attributes);
}

function box(x: number, y: number, width: number, height: number, attributes: string): string {
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" ${attributes}/>`;
}
