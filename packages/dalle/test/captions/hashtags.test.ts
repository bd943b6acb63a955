/** @file Hashtags cut into words, with results of dalle-mini's own program for the same list. */
import { expect, test } from "vitest";
import { expandHashtags } from "../../src/captions/hashtags.js";

const common = "the of a in and to is on it no back go good day thursday throw throwback cat cats";
const rarer = "s dog dogs i art of work works artwork avocado arm chair armchair night sun set";
const last = "sunset love ly lovely 2 20 2022 1 st first x 3d 3 d";
const letters = "b c e f g h j k l m n o p q r t u v w y z 0 4 5 6 7 8 9";
const words = [common, rarer, last, letters].join(" ").replaceAll(" ", "\n");

test.each([
  ["#throwbackthursday at the #zoo", "throwback thursday at the z o o"],
  ["#cats_and_dogs #2022goals, #1st", "cats and dogs 2022 go a l s, 1 st"],
  ["#artworkoftheday!", "artwork of the day!"],
  ["a#cat", "acat"],
  ["#3darmchair #20222022 #v2cats", "3d armchair 20222022 v 2 cats"],
  ["##dogs #no-go # cat", "#dogs no-go # cat"],
  ["no sign", "no sign"],
])("%j becomes %j", (text, expected) => {
  expect(expandHashtags(text, words)).toBe(expected);
});

test("the rank of a word is its line, empty ones counted: a word stays whole below the product of its parts'", () => {
  expect(expandHashtags("#armchair", "a\narm\nchair\n\narmchair")).toBe("armchair");
  expect(expandHashtags("#armchair", "a\narm\nchair\n\n\n\narmchair")).toBe("arm chair");
});

test("without any fitting word only characters are left", () => {
  expect(expandHashtags("#cat", "")).toBe("c a t");
});
