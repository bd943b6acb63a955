/**
 * @file `npm run bench:complete -- [candidates] [pictures]`: completion on the bundled model. Held-out pictures of its
 * painted world, of the families that are judged from pixels, lose a part, which is drawn anew for their caption; says how often
 * the whole is right and whether what was kept is as it was. A table and one JSON line.
 */

import { judge, judgedFamilyNames, paint, type Scene, worldSample } from "@dalle-ts/data";
import { codeGrid } from "@dalle-ts/models";
import { Dalle, type DalleImage, type Keep } from "dalle-ts";
import { keptCodes } from "dalle-ts/parts";

const SEED = 1001;

class Mean {
  #sum = 0;
  #count = 0;
  add(value: number): void {
    this.#sum += value;
    this.#count++;
  }
  /** undefined of nothing. */
  get value(): number | undefined {
    return this.#count === 0 ? undefined : Number((this.#sum / this.#count).toFixed(3));
  }
}

const [candidates = 8, pictures = 40] = process.argv.slice(2).map(Number);
const regions: Readonly<Record<string, Keep>> = {
  "the upper half": { top: 0.5 },
  "all around a hole of a quarter": { top: 0.25, bottom: 0.25, left: 0.25, right: 0.25 },
  "the lower half": { bottom: 0.5 },
};

await using dalle = await Dalle.load();
const { world } = dalle.config;
const dvae = dalle.config.dvae!; // the bundled model has one
const size = dalle.imageSize;
const taught = world.flatMap((stream) => stream.families);
const families = judgedFamilyNames.filter((name) => taught.includes(name));

const completions = [];
for (const [kept, keep] of Object.entries(regions)) completions.push(await complete(kept, keep));
console.table(completions);
console.log(JSON.stringify({ model: dalle.hash, families, candidates, pictures, completions }));

async function complete(kept: string, keep: Keep) {
  const keptOf = keptCodes({ keep }, dvae);
  const near = new Mean();
  const far = new Mean();
  const fits = new Mean();
  const seconds = new Mean();
  let same = 0;
  let right = 0;
  let rightBefore = 0;
  for (let number = 0; number < pictures; number++) {
    const { scene, caption } = worldSample(SEED, number, { split: "held-out", families });
    const image = { width: size, height: size, pixels: paint(scene, size) };
    const before = await dalle.reconstruct(image);
    const started = performance.now();
    const [after] = await dalle.complete(image, caption, { keep, candidates, seed: number });
    seconds.add((performance.now() - started) / 1000);
    if (keptOf.every((one, index) => !one || before.codes[index] === after!.codes[index])) same++;
    if (isRight(scene, after!)) right++;
    if (isRight(scene, before)) rightBefore++;
    if (after!.fit !== undefined) fits.add(after!.fit);
    for (const [index, difference] of differences(before, after!, keptOf)) {
      (touchesHole(index, keptOf) ? near : far).add(difference);
    }
  }
  return {
    kept,
    "kept codes as they were": `${same} of ${pictures}`,
    "wholly right": `${right} of ${pictures}`,
    "before it lost a part": `${rightBefore} of ${pictures}`,
    "levels changed beside the hole": near.value,
    "elsewhere in what was kept": far.value,
    fit: fits.value,
    "seconds a picture": seconds.value,
  };
}

function isRight(scene: Scene, image: DalleImage): boolean {
  return Object.values(judge(scene, image.pixels, size)).every(Boolean);
}

/** For each kept code the mean absolute difference of its pixels, in levels of 255. */
function differences(before: DalleImage, after: DalleImage, kept: Uint8Array) {
  const side = codeGrid(dvae).pixelsPerCode;
  const columns = size / side;
  const sums = new Float64Array(kept.length);
  for (const [offset, value] of after.pixels.entries()) {
    const [row, column] = [Math.floor(offset / 3 / size), Math.floor(offset / 3) % size];
    const code = Math.floor(row / side) * columns + Math.floor(column / side);
    sums[code]! += Math.abs(value - before.pixels[offset]!) / (3 * side * side);
  }
  return [...sums.entries()].filter(([code]) => kept[code] === 1);
}

function touchesHole(code: number, kept: Uint8Array): boolean {
  const columns = Math.sqrt(kept.length);
  const [row, column] = [Math.floor(code / columns), code % columns];
  return kept.some((one, other) => {
    const distance = [Math.floor(other / columns) - row, (other % columns) - column];
    return one === 0 && distance.every((each) => Math.abs(each) <= 1);
  });
}
