/** @file A prompt in a style. */

/** "a painting of", "a fox" → "a painting of a fox" */
export const inStyle = (words: string, prompt: string): string =>
  words === "" ? prompt : `${words} ${prompt}`;
