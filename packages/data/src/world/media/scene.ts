/** @file The `media` family: things that carry a picture or a word ("a soda can with an image of a blue strawberry"). */
import type { ArtStyle } from "../../art/sets.js";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { dyes } from "../pairs/scene.js";
import { setsOf, type Thing } from "../pairs/thing.js";
import type { Colour } from "../palette.js";
import { oneOf } from "../scene.js";

export const media = [
  "t-shirt",
  "mug",
  "soda can",
  "billboard",
  "neon sign",
  "store front",
  "road sign",
  "postage stamp",
  "playing card",
] as const;
export type Medium = (typeof media)[number];
export const words: readonly string[] = [
  "ai go hi no ok up art bee cat dog fox gpt hot new now owl pie sea sky sun tea wow yes zoo",
  "cafe exit hope jazz kiwi love milk moon open play quiz rock star stop",
  "books bread dalle happy hello music peace pizza coffee flower openai",
].flatMap((line) => line.split(" "));
export const pictures = [
  "strawberry",
  "pineapple",
  "cactus",
  "mushroom",
  "cupcake",
  "cat",
  "dog",
  "fox",
  "panda",
  "frog",
  "owl",
  "penguin",
  "elephant",
  "hedgehog",
  "duck",
  "turtle",
  "octopus",
  "rocket",
  "car",
  "sailboat",
  "house",
  "castle",
  "guitar",
  "crown",
] as const satisfies readonly Thing[];
export type PictureName = (typeof pictures)[number];
/** "none": the picture has its own colours. */
export const pictureColours = ["none", ...dyes] as const;
export type PictureColour = (typeof pictureColours)[number];

export type Content =
  | { readonly word: string }
  | { readonly picture: PictureName; readonly colour: PictureColour };

export interface MediaScene {
  readonly family: "media";
  readonly medium: Medium;
  readonly content: Content;
  readonly nuisance: MediaNuisance;
}

export interface MediaNuisance {
  /** The set of the picture's drawing. */
  readonly set: ArtStyle;
  /** The colour of the medium, never that of its picture. */
  readonly body: Colour;
  /** Index into the list of walls. */
  readonly wall: number;
  readonly zoom: number;
  /** Degrees clockwise. */
  readonly lean: number;
  /** Where the medium is, from the middle, in canvas units. */
  readonly shift: readonly [x: number, y: number];
}

/** The colours that each medium is made in; of neon signs, the light's. */
const bodies: Readonly<Record<Medium, readonly Colour[]>> = {
  "t-shirt": ["white", "gray", "black", "yellow", "blue", "red", "green", "pink"],
  mug: ["white", "yellow", "blue", "red", "green", "purple", "black"],
  "soda can": ["red", "blue", "green", "orange", "purple", "white", "black"],
  billboard: ["white", "yellow", "blue", "red", "green"],
  "neon sign": ["pink", "blue", "green", "orange", "yellow"],
  "store front": ["brown", "green", "blue", "red", "purple", "black"],
  "road sign": ["yellow", "orange"],
  "postage stamp": ["blue", "green", "purple", "red", "pink", "orange"],
  "playing card": ["red", "black"],
};

/** Media that stand on the ground, and so upright. */
const grounded: readonly Medium[] = ["billboard", "store front", "road sign"];

/** How many walls there are. */
export const wallCount = 8;

export function drawAttributes(random: Random): Attributes {
  const medium = random.pick(media);
  if (random.oneIn(2)) return { medium, word: random.pick(words) };
  const colour = random.oneIn(2) ? "none" : random.pick(dyes);
  return { medium, picture: random.pick(pictures), colour };
}

export function attributesOf({ medium, content }: MediaScene): Attributes {
  return { medium, ...content };
}

export function build(attributes: Attributes, random: Random): MediaScene {
  const medium = oneOf(media, attributes, "medium");
  const content = contentOf(attributes);
  const colour = "colour" in content ? content.colour : "none";
  return {
    family: "media",
    medium,
    content,
    nuisance: {
      set: "picture" in content ? random.pick(setsOf(content.picture)) : "flat",
      body: random.pick(bodies[medium].filter((body) => body !== colour)),
      wall: random.integer(wallCount),
      zoom: random.between(0.92, 1),
      lean: !grounded.includes(medium) && random.oneIn(2) ? random.between(-4, 4) : 0,
      shift: [random.between(-1.5, 1.5), random.between(-1, 1)],
    },
  };
}

function contentOf(attributes: Attributes): Content {
  if (attributes.word !== undefined) return { word: oneOf(words, attributes, "word") };
  return {
    picture: oneOf(pictures, attributes, "picture"),
    colour: oneOf(pictureColours, attributes, "colour"),
  };
}
