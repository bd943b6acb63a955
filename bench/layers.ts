/**
 * @file `npm run bench:layers -- <model>`: what each layer of a model's transformer is for. How much its image loss on held-out
 * pictures rises without what the layer's attention adds, or its feed-forward block, or both. Layers without which it does not
 * rise cost as much as others, and can be left out (`dalle export --without-layers`). A table and one JSON line; 4 minutes for twelve layers.
 */
import { type FamilyName, paint, worldSample } from "@dalle-ts/data";
import { imageLogits, transformer } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { aten, noGradient, tidy } from "@dalle-ts/torch";
import {
  BytePairEncoder,
  copyParameters,
  openTokenizerRun,
  openTransformer,
  type Pair,
  streamBatch,
  type TorchParameters,
  treeOf,
} from "@dalle-ts/train";
import { Dalle } from "dalle-ts";

const PICTURES = 128;
const SEED = 4_000_003; // of no training
const BATCH = 32;

const [folder, ...others] = process.argv.slice(2);
if (folder === undefined || others.length > 0) throw badOption("model", "one folder", others[0]);
const { config, parameters } = await openTransformer(folder);
const pairs = await heldOutPairs(folder);
const whole = losses(parameters);
const rows = Array.from({ length: config.layers }, (_, index) => {
  const attention = `layers.${index}.attention.output`;
  const feedForward = `layers.${index}.feed_forward.contract`;
  return {
    layer: index + 1,
    "% without attention": rise([attention]),
    "% without feed-forward": rise([feedForward]),
    "% without both": rise([attention, feedForward]),
  };
});
console.table(rows);
console.log(JSON.stringify({ pictures: PICTURES, seed: SEED, loss: mean(whole), rows }));

async function heldOutPairs(model: string): Promise<Pair[]> {
  await using dalle = await Dalle.load(model);
  const encoder = BytePairEncoder.fromJson((await openTokenizerRun(model)).text);
  const families = dalle.config.world.flatMap((stream) => stream.families) as FamilyName[];
  const size = dalle.imageSize;
  const found: Pair[] = [];
  for (let index = 0; index < PICTURES; index++) {
    const { scene, caption } = worldSample(SEED, index, { split: "held-out", families });
    const picture = { width: size, height: size, pixels: paint(scene, size) };
    const { codes } = await dalle.reconstruct(picture);
    found.push({ tokens: encoder.encode(caption), codes });
  }
  return found;
}

/** In nats a code, of each batch. */
function losses(of: TorchParameters): number[] {
  const tree = treeOf(of);
  const lossOf = (some: readonly Pair[]) => {
    const { ids, positions, imageTargets } = streamBatch(config, some, "cpu");
    const states = transformer(tree, config, ids, positions, { precision: "f32" });
    const logits = imageLogits(tree, config, states).reshape([-1, config.imageCodes]);
    return aten("aten::cross_entropy_loss", logits, imageTargets.reshape([-1])).item();
  };
  const batches = Array.from({ length: PICTURES / BATCH }, (_, index) =>
    pairs.slice(index * BATCH, (index + 1) * BATCH),
  );
  return batches.map((some) => noGradient(() => tidy(() => lossOf(some))));
}

/** How many per cent the loss rises where these linear layers give zeros. */
function rise(silent: readonly string[]): number {
  const changed = copyParameters(parameters);
  noGradient(() => {
    for (const name of silent) {
      for (const part of ["weight", "bias"]) aten("aten::zero_", changed.get(`${name}.${part}`));
    }
  });
  const without = mean(losses(changed));
  for (const each of changed.values()) each.dispose();
  return Number((100 * (without / mean(whole) - 1)).toFixed(2)) + 0; // no −0
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
