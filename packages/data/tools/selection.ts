/** @file Which emoji enter the catalogue. Signs, letters, hands and groups of people stay outside. */

const kinds: readonly (readonly [kind: string, subgroups: RegExp])[] = [
  ["face", /^(face-(?!hand)|cat-face|monkey-face)/],
  ["animal", /^animal-/],
  ["plant", /^plant-/],
  ["food", /^(food-|drink)/],
  ["vehicle", /^transport-(ground|water|air)/],
  ["place", /^place-(geographic|building|religious|other)/],
  ["sky", /^sky-weather/],
  ["heart", /^heart/],
  ["person", /^person-fantasy/],
  [
    "object",
    /^(dishware|event|time|award-medal|sport|game|arts-crafts|clothing|sound|musical-instrument|phone|computer|light-video|book-paper|money|mail|writing|office|lock|tool|science|medical|household|other-object)/,
  ],
  ["flag", /^country-flag/],
];

export function kindOf(subgroup: string): string | undefined {
  return kinds.find(([, subgroups]) => subgroups.test(subgroup))?.[0];
}

/** Figures that are another one in another dress. */
export const variant = /^(man|woman|mx|mrs) |^(merman|mermaid)$/;

/** Too small or too fine to be told at 128 px, grim, or drawn as another thing by some sets. */
export const leftOut = new Set(
  [
    "dotted line face, face in clouds, face exhaling, head shaking horizontally, head shaking vertically, shaking face",
    "face with symbols on mouth, bus stop, motorway, railway track, wheel, fuel pump, police car light, horizontal traffic light",
    "mahjong red dragon, flower playing cards, coffin, headstone, funeral urn, cigarette, no smoking, bomb, pistol, kitchen knife, dagger, water pistol",
    "input numbers, fog, cyclone, wind face, droplet, dashing away, mens room, womens room, map of japan, mute, chart increasing with yen",
    "tanabata tree, pine decoration, japanese dolls, moon viewing ceremony, red envelope, reminder ribbon, paw prints, feather, splatter",
    "bikini, briefs, thong sandal, syringe, drop of blood, kaaba, load, speaker low volume, speaker medium volume, muted speaker",
    "brown mushroom, leafless tree, root vegetable, phoenix, orca, building construction, national park, derelict house, foggy, person in steamy room",
    "no one under eighteen, bar chart, chart decreasing, chart increasing, spiral calendar, card index dividers, placard, moai, identification card",
  ].flatMap((line) => line.split(", ")),
);

export const countries = new Set(
  [
    "argentina, australia, austria, bangladesh, belgium, brazil, bulgaria, canada, chile, china, colombia, croatia, cuba, denmark, egypt",
    "estonia, finland, france, germany, ghana, greece, hungary, iceland, india, indonesia, ireland, israel, italy, jamaica, japan, kenya",
    "lebanon, mexico, morocco, netherlands, new zealand, nigeria, norway, pakistan, peru, philippines, poland, portugal, romania, saudi arabia",
    "senegal, south africa, south korea, spain, sweden, switzerland, thailand, turkey, ukraine, united kingdom, united states, uruguay, vietnam",
  ].flatMap((line) => line.split(", ")),
);

/** Drawings ("style name") that resvg does not draw: it panics over a gradient or mask of no extent, and ends the process. */
export const undrawable = new Set([
  "old lady beetle",
  "old hot beverage",
  "old cocktail glass",
  "old bullet train",
  "old ambulance",
  "shaded package",
]);
