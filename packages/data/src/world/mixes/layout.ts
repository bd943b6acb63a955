/** @file Where the two things stand, in canvas units: the picture's meaning of the relations. The farther one comes first. */
import { canvas } from "../paint/raster.js";
import { kindOf } from "./kinds/index.js";
import type { Kind, Measures, Spot } from "./kinds/kind.js";
import type { MixesScene, Thing } from "./scene.js";

export interface Placed {
  readonly kind: Kind;
  readonly thing: Thing;
  readonly measures: Measures;
  readonly spot: Spot;
  /** It stands on the other thing, not on the floor. */
  readonly raised: boolean;
}

/** Free border of every picture. */
const margin = 2.5;
/** How far the group strays from its usual place at most. */
const stray = 5;
/** How much lower than in the middle of the picture the group stands: there is more wall than floor. */
const lowered = 3;

/** Between two things side by side. */
const gap = { least: 0.5, most: 4 } as const;
/** How much higher in the picture the farther of two stands. */
const depth = { least: 8, most: 11 } as const;
/** How far the farther one's middle is beyond the nearer one's edge, as a share of half its width: most of it shows. */
const aside = { least: 0.25, most: 0.5 } as const;

export function layout(scene: MixesScene): Placed[] {
  const { light, shade, manners } = scene.nuisance;
  const [first, second] = [scene.first, scene.second].map((thing, index): Placed => {
    const kind = kindOf(thing.kind);
    const spot = { x: 0, y: 0, scale: 1, light, shade, ...manners[index]! };
    return { kind, thing, measures: kind.measure(thing.attributes), spot, raised: false };
  }) as [Placed, Placed];
  return fitted(arrange(scene, first, second), scene.nuisance);
}

function arrange({ relation, nuisance }: MixesScene, first: Placed, second: Placed): Placed[] {
  const { slack, side } = nuisance;
  const between = ({ least, most }: { least: number; most: number }) =>
    least + (most - least) * slack;
  const inRow = (left: Placed, right: Placed) => [
    left,
    moved(right, left.measures.side + right.measures.side + between(gap), 0),
  ];
  const inDepth = (near: Placed, far: Placed) => {
    const x = near.measures.side + far.measures.side * between(aside);
    return [moved(far, side === "left" ? -x : x, -between(depth)), near];
  };
  const onTop = (upper: Placed, lower: Placed) => [
    lower,
    // Its feet are a little nearer than the middle of the top.
    { ...moved(upper, 0, lower.measures.down * 0.3 - lower.measures.seat!), raised: true },
  ];
  switch (relation) {
    case "beside":
      return side === "left" ? inRow(first, second) : inRow(second, first);
    case "left":
      return inRow(first, second);
    case "right":
      return inRow(second, first);
    case "front":
      return inDepth(first, second);
    case "behind":
      return inDepth(second, first);
    case "on":
      return onTop(first, second);
    case "below":
      return onTop(second, first);
  }
}

function moved(placed: Placed, dx: number, dy: number): Placed {
  const { spot } = placed;
  return { ...placed, spot: { ...spot, x: spot.x + dx, y: spot.y + dy } };
}

/** The group as large as the canvas allows, up to a sixth larger than usual, strayed from its place. */
function fitted(group: Placed[], { zoom, shift }: MixesScene["nuisance"]): Placed[] {
  const left = Math.min(...group.map(({ spot, measures }) => spot.x - measures.side));
  const right = Math.max(...group.map(({ spot, measures }) => spot.x + measures.side));
  const top = Math.min(...group.map(({ spot, measures }) => spot.y - measures.up));
  const bottom = Math.max(...group.map(({ spot, measures }) => spot.y + measures.down));
  const room = canvas - 2 * margin;
  const scale = zoom * Math.min(1.17, room / (right - left), room / (bottom - top));
  const place = (low: number, high: number, towards: number, usual: number) => {
    const free = (room - (high - low) * scale) / 2;
    const offset = Math.max(-free, Math.min(free, usual + stray * towards));
    return canvas / 2 - ((low + high) / 2) * scale + offset;
  };
  const dx = place(left, right, shift[0], 0);
  const dy = place(top, bottom, shift[1], lowered);
  return group.map((placed) => {
    const { spot } = placed;
    return { ...placed, spot: { ...spot, x: spot.x * scale + dx, y: spot.y * scale + dy, scale } };
  });
}
