/** @file A sitting animal of `scenes`: "fox". */
import { type Attributes, valueSlot } from "../../grammar.js";
import { canvas } from "../../paint/raster.js";
import { stampSprite } from "../../paint/sprite.js";
import { colourful } from "../../pairs/thing.js";
import { type Animal, animalSets, animals, poseOf } from "../../scenes/animal.js";
import { anyColour, type Kind } from "./kind.js";

/** Canvas units of an animal's own square, in which it stands at (32, 62). */
const extent = 36;
const unit = extent / canvas;

const animalOf = (thing: Attributes) => thing.animal as Animal;

export const animal: Kind = {
  draw: (random) => ({ animal: random.pick(animals) }),
  values: { animal: animals },
  phrase: valueSlot("animal", animals),
  postures: ["sitting", ""],
  shown: () => anyColour,
  sets(thing) {
    const drawn = animalSets(animalOf(thing));
    return colourful.filter((set) => drawn.includes(set));
  },
  measure: () => ({ side: 28 * unit, up: 60 * unit, down: 0 }),

  stamp(picture, thing, { set, x, y, scale, mirrored }) {
    const pixel = (picture.side / canvas) * unit * scale;
    for (const part of poseOf(animalOf(thing), set!, picture.side).parts) {
      const across = mirrored ? 32 - part.x : part.x - 32;
      const place = {
        x: (x * picture.side) / canvas + across * pixel,
        y: (y * picture.side) / canvas + (part.y - 62) * pixel,
        side: part.side * pixel,
        mirrored,
      };
      stampSprite(picture, part.sprite, place);
    }
  },
};
