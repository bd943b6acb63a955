/**
 * @file `npm run bench:weights -- <model> <model>…`: one model stored in several ways. The loss of each on the same held-out
 * pictures, how far it is from the first one's, and seconds a picture drawn. A table and one JSON line.
 *
 *     dalle export <run folders> -o models/full --dtype fp32
 *     dalle export <run folders> -o models/mine --dtype int8-rows
 *     npm run bench:weights -- models/full models/mine
 */
import { badOption } from "@dalle-ts/tensor";
import { Dalle } from "dalle-ts";
import { heldOutPictures, mean, PICTURES, SEED } from "./held-out.js";

const DRAWN = 8;

const folders = process.argv.slice(2);
if (folders.length < 2) throw badOption("models", "at least two folders", folders.join(" "));
const losses: number[][] = [];
const seconds: number[] = [];
for (const folder of folders) {
  await using dalle = await Dalle.load(folder);
  losses.push([]);
  for (const { image, caption } of heldOutPictures(dalle)) {
    losses.at(-1)!.push(-(await dalle.logLikelihood(image, caption)));
  }
  const started = performance.now();
  await dalle.generate("a red cube", { count: DRAWN, seed: 1 });
  seconds.push((performance.now() - started) / 1000 / DRAWN);
}

const rows = folders.map((model, index) => {
  const differences = losses[index]!.map((loss, picture) => loss - losses[0]![picture]!);
  const [loss, difference] = [mean(losses[index]!), mean(differences)];
  const spread = mean(differences.map((each) => (each - difference) ** 2));
  return {
    model,
    "nats a code": rounded(loss),
    "% above the first": rounded((100 * difference) / mean(losses[0]!)),
    "± (95 %)": rounded((196 * Math.sqrt(spread / PICTURES)) / mean(losses[0]!)),
    "s a picture": rounded(seconds[index]!),
  };
});
console.table(rows);
console.log(JSON.stringify({ pictures: PICTURES, seed: SEED, rows }));

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
