/** @file Prompts to begin with: what the model that ships with dalle-ts was taught. */

export const examples = [
  "a small red block sitting on a large green block",
  "a large blue ball to the left of a yellow cone",
  "a pentagonal green clock",
  "a red cube",
] as const;
