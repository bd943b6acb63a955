/** @file The animals that wear garments. */
export const animals = [
  "penguin",
  "hedgehog",
  "fox",
  "cat",
  "bear",
  "panda",
  "rabbit",
  "owl",
] as const;
export type Animal = (typeof animals)[number];
