/**
 * @file Reads a picture of solids without knowing what it should show: which colours, and for each the solid
 * that explains its pixels best.
 */
import { backdropLabel, core, label, type Projection, project } from "../judge/label.js";
import { partsOf, sizeOf } from "../judge/mask.js";
import { type Picture, side } from "../judge/picture.js";
import { type Colour, colours, distance, ramps } from "../palette.js";
import { type Fit, fitSolid, type Region } from "./fit.js";

export interface SeenSolid extends Fit {
  readonly colour: Colour;
}

/** A colour with fewer core pixels than this is a blend at an edge, not a solid. */
const leastCore = 5;
/** Pixels of a solid's colour farther than this from its core are blends as well. */
const coreReach = 2;

export function readSolids(picture: Picture): SeenSolid[] {
  const first = label(picture);
  const shown = colours.filter((_, index) => sizeOf(core(first, index)) >= leastCore);
  const labels = label(picture, shown);
  return shown.flatMap((colour, index) =>
    solidsIn(core(labels, index)).flatMap((solid): SeenSolid[] => {
      const fit = fitSolid(regionOf(picture, labels, index, colour, solid));
      return fit ? [{ ...fit, colour }] : [];
    }),
  );
}

/** Of a colour, parts with a smaller share of its largest one are what another solid leaves of it, or blots. */
const partShare = 0.3;

/** The cores of a colour's solids: one, unless large parts of it stand apart. */
function solidsIn(mask: Uint8Array): Uint8Array[] {
  const parts = partsOf(mask);
  const least = partShare * Math.max(0, ...parts.map(sizeOf));
  const solids = parts.filter((part) => sizeOf(part) >= least);
  return solids.length > 1 ? solids : [mask];
}

/** solid: the core that is sought; the colour's other pixels are unclear. */
function regionOf(
  picture: Picture,
  labels: Int8Array,
  index: number,
  colour: Colour,
  solid: Uint8Array,
): Region {
  const kind = new Uint8Array(side * side);
  const tones = new Float32Array(side * side);
  const projection: Projection = { distance: 0, tone: 0 };
  const near = grown(solid, coreReach);
  for (let at = 0; at < kind.length; at++) {
    if (labels[at] === backdropLabel) continue;
    kind[at] = labels[at] === index && near[at] ? 1 : 2;
    project(colour, picture.rgb, at, projection);
    tones[at] = projection.tone;
  }
  const [dark, base, light] = ramps[colour];
  return { kind, tones, reach: { dark: distance(base, dark), light: distance(base, light) } };
}

function grown(mask: Uint8Array, by: number): Uint8Array {
  const result = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!mask[y * side + x]) continue;
      for (let ny = Math.max(0, y - by); ny <= Math.min(side - 1, y + by); ny++) {
        for (let nx = Math.max(0, x - by); nx <= Math.min(side - 1, x + by); nx++)
          result[ny * side + nx] = 1;
      }
    }
  }
  return result;
}
