/** @file A drawing of the emoji sets, some with a mood: "happy avocado". None is an animal: those have bodies here. */
import { emojiOf } from "../../../art/catalogue.js";
import type { ArtStyle } from "../../../art/sets.js";
import { moodySlot } from "../../emoji/captions.js";
import { canFeel, type Mood, moods } from "../../emoji/mood.js";
import { stampEmoji } from "../../emoji/paint.js";
import { canvas } from "../../paint/raster.js";
import { colourful } from "../../pairs/thing.js";
import { anyColour, type Kind } from "./kind.js";

/** Things that can stand on a floor, and are clear when small. */
const names = [
  "red apple, green apple, pear, peach, tangerine, lemon, pineapple, strawberry, avocado, tomato, eggplant",
  "carrot, hot pepper, ear of corn, mushroom, hamburger, doughnut, cupcake, birthday cake, pizza, egg",
  "cactus, sunflower, potted plant, evergreen tree, jack-o-lantern, christmas tree, snowman, teddy bear, robot, ghost",
  "teapot, beer mug, alarm clock, light bulb, wrapped gift, trophy, crown, top hat, handbag, backpack, guitar, drum",
  "television, camera, laptop, bell, soccer ball, candle, fire extinguisher",
  "rocket, automobile, bus, taxi, tractor, sailboat, locomotive, house, castle, bicycle, helicopter",
].flatMap((line) => line.split(", "));

const side = 26;

export const emoji: Kind = {
  draw(random) {
    if (!random.oneIn(4)) return { emoji: random.pick(names), mood: "none" };
    return { emoji: random.pick(names.filter(canFeel)), mood: random.pick(moods.slice(1)) };
  },
  values: { emoji: names, mood: moods },
  isPossible: ({ emoji, mood }) => mood === "none" || canFeel(emoji!),
  phrase: moodySlot(names),
  postures: ["", "sitting", "standing"],
  shown: () => anyColour,
  measure: () => ({ side: side / 2, up: side * 0.96, down: 0 }),

  alone: (thing, { set }) =>
    ["any", set!].map((style) => ({ family: "emoji", attributes: { ...thing, style } })),

  sets({ emoji }) {
    const { drawings } = emojiOf(emoji!);
    return colourful.filter((set) => drawings.has(set));
  },

  stamp(picture, { emoji, mood }, { set, x, y, scale }) {
    const unit = picture.side / canvas;
    const extent = side * scale;
    // Drawings leave a thin margin around them.
    const place = { x: x * unit, y: (y - extent * 0.47) * unit, side: extent * unit };
    stampEmoji(picture, { emoji: emoji!, mood: mood as Mood, set: set as ArtStyle }, place);
  },
};
