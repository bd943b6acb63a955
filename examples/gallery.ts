/**
 * @file `npm run gallery`: the README's picture. A row for each caption, seeds 0 to 7, nothing picked by hand.
 */
import { contactSheet, Dalle, encodePng, writeFileAtomic } from "dalle-ts";

const captions = [
  "a small red block sitting on a large green block",
  "a large blue ball to the left of a yellow cone",
  "a stack of 3 cubes. a red cube is on the top, sitting on a green cube. the green cube is in the middle, sitting on a blue cube. the blue cube is on the bottom.",
  "a pentagonal green clock. a green clock in the shape of a pentagon.",
  "a square red plate with polka dots",
  "a star-shaped yellow picture frame",
];
const SEEDS = 8;

await using dalle = await Dalle.load();
const images = [];
for (const caption of captions) {
  images.push(...(await dalle.generate(caption, { count: SEEDS, seed: 0 })));
}
await writeFileAtomic(
  "docs/gallery.png",
  await encodePng(contactSheet(images, { columns: SEEDS, gap: 4 }), {
    Captions: captions.join("\n"),
  }),
);
console.log(`docs/gallery.png: ${captions.length} captions, seeds 0 to ${SEEDS - 1}`);
