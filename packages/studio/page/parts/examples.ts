/** @file Prompts to begin with: what the model that ships with dalle-ts was taught. */

export const examples = [
  "a small red block sitting on a large green block",
  "an armchair in the shape of an avocado",
  "an emoji of a baby penguin wearing a blue hat, red gloves, green shirt, and yellow pants",
  "a pentagonal green clock",
  "a painting of a fox sitting in a field at sunrise",
] as const;
