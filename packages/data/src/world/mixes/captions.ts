/** @file The grammar of `mixes` captions, both ways. The first template is the blog's wording. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  alternatives,
  articleSlot,
  fillerSlot,
  type Grammar,
  hear,
  pickWording,
  type Slot,
  type Slots,
  say,
  styleSlot,
  wordSlot,
} from "../grammar.js";
import { kindNames, kindOf } from "./kinds/index.js";
import {
  attributesOf,
  inRole,
  isPossible,
  type MixesScene,
  type Relation,
  type Role,
  thingIn,
} from "./scene.js";

const relationWords: Readonly<Record<Relation, readonly string[]>> = {
  beside: ["next to", "beside", "right next to"],
  left: ["to the left of", "on the left of", "left of"],
  right: ["to the right of", "on the right of", "right of"],
  front: ["in front of", "before"],
  behind: ["behind"],
  on: ["on top of", "on"],
  below: ["below", "under", "underneath"],
};

/** "with a fox …": the second thing is named first, so the words say where the other one is. */
const withWords: Readonly<Record<Relation, readonly string[]>> = {
  beside: ["next to it", "beside it", "by its side"],
  left: ["to its left", "to the left of it", "on its left"],
  right: ["to its right", "to the right of it", "on its right"],
  front: ["in front of it", "before it"],
  behind: ["behind it"],
  on: ["on top of it", "on it"],
  below: ["below it", "under it", "underneath it"],
};

/** The thing of a role, in the words of its kind. */
function thingSlot(role: Role): Slot {
  return {
    say(attributes, random) {
      const { kind, attributes: own } = thingIn(role, attributes)!;
      return kindOf(kind).phrase.say(own, random);
    },
    pattern: `(?:${kindNames.map((kind) => kindOf(kind).phrase.pattern).join("|")})`,
    hear(words) {
      for (const kind of kindNames) {
        const own = kindOf(kind).phrase.hear(words);
        const told = own && inRole(role, { kind, attributes: own });
        if (told && thingIn(role, told)) return told;
      }
      return undefined;
    },
  };
}

/** What the first thing is doing, if that is said: foxes sit, penguins in hats stand. */
const postureSlot: Slot = {
  say: (attributes, random) =>
    pickWording(kindOf(thingIn("first", attributes)!.kind).postures, random),
  pattern: alternatives(["", "sitting", "standing"]),
  hear: () => ({}),
};

const slots: Slots = {
  style: styleSlot,
  a: articleSlot,
  first: thingSlot("first"),
  second: thingSlot("second"),
  posture: postureSlot,
  relation: wordSlot("relation", relationWords),
  withIt: wordSlot("relation", withWords),
  together: wordSlot("relation", { beside: ["side by side", "next to each other"] }),
  things: fillerSlot(["two things", "two objects"]),
};

export const templates: readonly string[] = [
  "{style} {a} {first} {posture} {relation} {a} {second}",
  "there is a {first} {posture} {relation} a {second}",
  "a {first} is {posture} {relation} a {second}",
  "{style} {a} {second} with a {first} {withIt}",
  "{style} a {first} and a {second}. the first is {relation} the second.",
  "{things}: a {first} {relation} a {second}",
  "a {second}, and {withIt} a {first}",
  "{style} a {first} that is {posture} {relation} a {second}",
];
const besideTemplates: readonly string[] = [
  ...templates,
  "{style} {a} {first} and {a} {second} {together}",
  "a {first} together with a {second}, {together}",
];

export const grammar: Grammar = { templates: besideTemplates, slots };

export function caption(scene: MixesScene, random: Random): string {
  const fitting = scene.relation === "beside" ? besideTemplates : templates;
  return say(pickWording(fitting, random), slots, attributesOf(scene), random);
}

/** Undefined as well for things that no mix shows together. */
export function parse(text: string): Attributes | undefined {
  const attributes = hear(besideTemplates, slots, text);
  return attributes && isPossible(attributes) ? attributes : undefined;
}
