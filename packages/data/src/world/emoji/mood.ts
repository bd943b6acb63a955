/** @file Moods, and the things that may have one: those with room for a face and none of their own. */
import { isEmoji } from "../../art/catalogue.js";

export const moods = ["none", "happy", "sad", "angry", "surprised", "sleepy", "loving"] as const;
export type Mood = (typeof moods)[number];

export function isMood(word: string | undefined): word is Mood {
  return moods.includes(word as Mood);
}

export const moodful: readonly string[] = [
  "melon, watermelon, tangerine, lemon, lime, pineapple, mango, red apple, green apple, pear, peach, strawberry, kiwi fruit",
  "tomato, coconut, avocado, eggplant, potato, carrot, ear of corn, hot pepper, bell pepper, cucumber, broccoli, garlic, onion",
  "chestnut, bread, croissant, bagel, pancakes, waffle, cheese wedge, meat on bone, hamburger, french fries, pizza, sandwich, taco",
  "egg, popcorn, butter, bento box, rice ball, cooked rice, dumpling, moon cake, takeout box, soft ice cream, doughnut, cookie",
  "birthday cake, cupcake, pie, custard, honey pot, glass of milk, hot beverage, teapot, beer mug, bubble tea, beverage box",
  "cactus, evergreen tree, deciduous tree, mushroom, sunflower, tulip, maple leaf, four leaf clover, potted plant",
  "balloon, wrapped gift, trophy, soccer ball, basketball, baseball, crystal ball, yarn, jar, amphora, bucket, basket",
  "alarm clock, bell, light bulb, battery, floppy disk, television, laptop, mobile phone, camera, closed book, envelope, package",
  "money bag, briefcase, backpack, handbag, t-shirt, socks, top hat, coin, shield, locked, magnet, drum, roll of paper, soap, gem stone",
  "automobile, bus, taxi, rocket, flying saucer, sailboat, locomotive, house, castle, volcano, mountain, cloud, star, red heart, sun, fire",
]
  .flatMap((line) => line.split(", "))
  .filter(isEmoji);

const feeling = new Set(moodful);

export function canFeel(name: string): boolean {
  return feeling.has(name);
}
