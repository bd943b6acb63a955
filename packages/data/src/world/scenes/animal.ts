/**
 * @file The animals. Most emoji of animals are faces: those get a sitting body in the colours of their face. Some sets
 * draw the whole animal, and the capybara, which no set has, is drawn here.
 */
import { emojiOf } from "../../art/catalogue.js";
import { type ArtStyle, artStyles } from "../../art/sets.js";
import type { Layer } from "../paint/layer.js";
import { emojiSprite, type Sprite, spriteOf } from "../paint/sprite.js";
import { hex, type Rgb } from "../palette.js";
import { type Body, bodyDrawing, rearDrawing } from "./body.js";
import { capybara } from "./capybara.js";

type Sort =
  | {
      readonly face: string;
      readonly body: Body;
      /** Colour of its head from behind. @default the commonest of its face */
      readonly nape?: Rgb;
    }
  | { readonly whole: string };

const plain: Body = { tail: "long" };

const sorts = {
  fox: { face: "fox", body: { tail: "bushy", belly: "#fff4e6", feet: "#4b322c" } },
  cat: { face: "cat face", body: plain },
  dog: { face: "dog face", body: plain },
  rabbit: { face: "rabbit face", body: { tail: "none", belly: "#ffffff" } },
  bear: { face: "bear", body: { tail: "none" } },
  panda: {
    face: "panda",
    body: { tail: "none", fur: "#f6f6f4", belly: "#ffffff", feet: "#2a2a30", limbs: "#2a2a30" },
    nape: [246, 246, 244],
  },
  koala: { face: "koala", body: { tail: "none", belly: "#eef0f4" } },
  lion: { face: "lion", body: { tail: "tufted", fur: "#f2b13c" } },
  tiger: { face: "tiger face", body: { tail: "long", stripes: "#4a2f22", belly: "#fff4e6" } },
  wolf: { face: "wolf", body: { tail: "bushy", belly: "#f2f2f2" } },
  raccoon: { face: "raccoon", body: { tail: "ringed", feet: "#3a3a44" } },
  pig: { face: "pig face", body: { tail: "none" } },
  frog: { face: "frog", body: { tail: "none", belly: "#f2f6c8" } },
  eagle: {
    face: "eagle",
    body: { tail: "none", fur: "#5b4032", belly: "#4d3528", feet: "#f2b13c" },
  },
  owl: { whole: "owl" },
  penguin: { whole: "penguin" },
  hedgehog: { whole: "hedgehog" },
  elephant: { whole: "elephant" },
  duck: { whole: "duck" },
  turtle: { whole: "turtle" },
  capybara: { whole: "capybara" },
} as const satisfies Record<string, Sort>;

export type Animal = keyof typeof sorts;
export const animals = Object.keys(sorts) as Animal[];

const colourless: ReadonlySet<ArtStyle> = new Set<ArtStyle>(["line", "retro"]);

/** Drawings ("set animal") that are no face but a whole animal: with a body under it, it would be two. */
const bodied: ReadonlySet<string> = new Set([
  "old koala",
  "shaded raccoon",
  ...["glossy eagle", "flat eagle", "shaded eagle", "old eagle"],
]);

/** The sets whose drawing of the animal suits a scene. */
export function animalSets(animal: Animal): ArtStyle[] {
  const sort: Sort = sorts[animal];
  if (animal === "capybara") return ["flat"]; // our own drawing, whatever the set
  const { drawings } = emojiOf("face" in sort ? sort.face : sort.whole);
  return artStyles.filter(
    (set) => drawings.has(set) && !colourless.has(set) && !bodied.has(`${set} ${animal}`),
  );
}

/** Whether it can be seen from behind: a body drawn by us can, under a head without its face. */
export function hasRear(animal: Animal): boolean {
  return "face" in sorts[animal];
}

/** A part of an animal: `side` and the middle of its sprite in units of an animal 64 high, feet at (32, 62). */
export interface Part {
  readonly sprite: Sprite;
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** The one colour of a head from behind. */
  readonly ink?: Rgb;
}

export interface Pose {
  readonly parts: readonly Part[];
  /** The middle of its head. */
  readonly head: readonly [x: number, y: number];
  /** Zoom of an extreme close-up; whole animals are told by more than their heads. */
  readonly nearest: number;
}

export function poseOf(
  animal: Animal,
  set: ArtStyle,
  size: number,
  from: "front" | "rear" = "front",
): Pose {
  const sort: Sort = sorts[animal];
  if (animal === "capybara") {
    const sprite = spriteOf("capybara", size, () => capybara);
    return { parts: [{ sprite, x: 32, y: 32, side: 64 }], head: [20, 26], nearest: 2.6 };
  }
  if ("whole" in sort) {
    const sprite = emojiSprite(sort.whole, set, size);
    return { parts: [{ sprite, x: 32, y: 36, side: 56 }], head: [32, 34], nearest: 2.4 };
  }
  const face = emojiSprite(sort.face, set, size);
  const coat = furOf(face.layers.at(-2) ?? face.layers[0]!);
  const fur = sort.body.fur ?? hex(coat);
  const drawing = from === "rear" ? rearDrawing : bodyDrawing;
  const body = spriteOf(`${from} ${animal} ${fur}`, size, () => drawing(sort.body, fur));
  const head = { sprite: face, x: 32, y: 20, side: 38 };
  return {
    parts: [
      { sprite: body, x: 32, y: 32, side: 64 },
      from === "rear" ? { ...head, ink: sort.nape ?? coat } : head,
    ],
    head: [32, 20],
    nearest: 2.8,
  };
}

/** The commonest colour of a face, a colourful one if a fifth of it is colourful. */
function furOf({ pixels }: Layer): Rgb {
  const [all, vivid] = [new Tally(), new Tally()];
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3]! < 250) continue;
    const [red, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
    all.add(red, green, blue);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) >= 50) vivid.add(red, green, blue);
  }
  return (vivid.total * 5 > all.total ? vivid : all).commonest();
}

/** Counts colours, those that are alike in their first three bits as one. */
class Tally {
  total = 0;
  readonly #counts = new Int32Array(512);
  readonly #sums = new Int32Array(512 * 3);

  add(red: number, green: number, blue: number): void {
    const kind = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5);
    this.total++;
    this.#counts[kind]!++;
    this.#sums[kind * 3]! += red;
    this.#sums[kind * 3 + 1]! += green;
    this.#sums[kind * 3 + 2]! += blue;
  }

  /** The mean of the commonest kind. */
  commonest(): Rgb {
    const count = Math.max(...this.#counts);
    const kind = this.#counts.indexOf(count);
    const mean = (channel: number) => this.#sums[kind * 3 + channel]! / count;
    return [mean(0), mean(1), mean(2)];
  }
}
