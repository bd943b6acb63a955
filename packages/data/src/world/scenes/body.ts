/** @file A sitting body, from the front or from behind: what goes under an animal's face. */
import { ellipse } from "../paint/draw.js";

export interface Body {
  readonly tail: "none" | "long" | "bushy" | "tufted" | "ringed";
  /** @default the commonest colour of the face */
  readonly fur?: string;
  /** @default lighter fur */
  readonly belly?: string;
  /** @default as the fur */
  readonly feet?: string;
  readonly limbs?: string;
  readonly stripes?: string;
}

const shade = 'fill="#000" fill-opacity=".14"';

/** On the 64 × 64 canvas; the neck is at (32, 32), the ground at 62. */
export function bodyDrawing(body: Body, fur: string): string {
  const { belly, feet, limbs, stripes } = body;
  const leg = limbs ?? fur;
  const paw = feet ?? leg;
  return (
    tailDrawing(body, fur) +
    haunches(leg, paw) +
    trunk(fur) +
    marks(stripes) +
    // Front legs, told apart by a shadow between them, and a bib over their tops.
    `<path d="M24 40h6.500v21h-8C22 54 22 46 24 40Z" fill="${leg}"/><path d="M40 40h-6.500v21h8C42 54 42 46 40 40Z" fill="${leg}"/>` +
    `<path d="M30.500 42h3v19h-3Z" ${shade}/>` +
    ellipse(26, 60.5, 5.2, 3, `fill="${paw}"`) +
    ellipse(38, 60.5, 5.2, 3, `fill="${paw}"`) +
    ellipse(32, 42, 7.5, 9, belly ? `fill="${belly}"` : 'fill="#fff" fill-opacity=".38"') +
    ellipse(32, 37, 12, 4, shade)
  );
}

/** The same body from behind: a broad back, and the tail before it. */
export function rearDrawing(body: Body, fur: string): string {
  const leg = body.limbs ?? fur;
  return (
    haunches(leg, body.feet ?? leg) +
    trunk(fur) +
    marks(body.stripes) +
    `<path d="M32 42v17" stroke="#000" stroke-opacity=".12" stroke-width="1.200" stroke-linecap="round"/>` +
    ellipse(32, 37, 12, 4, shade) +
    tailDrawing(body, fur)
  );
}

function trunk(fur: string): string {
  return `<path d="M32 26C44 28 48 48 45 60H19C16 48 20 28 32 26Z" fill="${fur}"/>`;
}

function haunches(leg: string, paw: string): string {
  return (
    ellipse(19.5, 54.5, 8.5, 7.5, `fill="${leg}"`) +
    ellipse(44.5, 54.5, 8.5, 7.5, `fill="${leg}"`) +
    ellipse(17, 60, 7, 3.4, `fill="${paw}"`) +
    ellipse(47, 60, 7, 3.4, `fill="${paw}"`)
  );
}

function tailDrawing({ tail, belly }: Body, fur: string): string {
  const curve = (colour: string, width: number) =>
    `<path d="M44 57C56 58 60 50 57 41" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`;
  const tails = {
    none: "",
    long: curve(fur, 4.5),
    tufted: curve(fur, 3.5) + ellipse(57, 40, 4, 5, 'fill="#8a4b1e"'),
    bushy:
      `<path d="M42 59C54 64 66 52 60 36C52 40 50 50 42 52Z" fill="${fur}"/>` +
      `<path d="M61 45C62 42 61.500 39 60 36C57 37.500 55 39.500 53.500 42Z" fill="${belly ?? "#fff"}"/>`,
    ringed:
      curve(fur, 8) +
      `<path d="M44 57C56 58 60 50 57 41" fill="none" stroke="#34343c" stroke-width="8" stroke-dasharray="4 4"/>`,
  };
  return tails[tail];
}

function marks(stripes: string | undefined): string {
  return stripes ? [40, 46, 52].map((y) => stripe(y, stripes)).join("") : "";
}

function stripe(y: number, colour: string): string {
  return `<path d="M17 ${y}l8 1.500l-8 1.500ZM47 ${y}l-8 1.500l8 1.500Z" fill="${colour}"/>`;
}
