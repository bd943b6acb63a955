/**
 * @file `npm run bench:browser`: the bundled model in headless Chromium, on WebAssembly threads and on one, and in Node
 * beside it; and what a visitor downloads. A table and one JSON line.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Dalle } from "dalle-ts";
import { bundledModel } from "dalle-ts/parts";
import { Harness } from "../packages/dalle/test/browser/harness.js";

const caption = "a small red block sitting on a large green block";
const ROUNDS = 3;

await using harness = await Harness.start({
  fill: async () => undefined,
  folders: { "/models/default/": bundledModel },
});
const rows = [
  await inPage("threads", harness.server.address),
  await inPage("one thread", harness.plainServer.address),
  await inNode(),
];
console.table(rows);
const downloads = await downloadSizes();
console.table(downloads);
console.log(JSON.stringify({ caption, rows, downloads }));

/** Seconds; the download is from this machine. */
async function inPage(name: string, address: string) {
  const page = await harness.open(address);
  const times = await page.evaluate(
    async ({ caption, rounds }) => {
      const times = [performance.now()];
      const dalle = await library.Dalle.load();
      times.push(performance.now());
      for (let seed = 0; seed <= rounds; seed++) {
        await dalle.generate(caption, { seed });
        times.push(performance.now());
      }
      return times;
    },
    { caption, rounds: ROUNDS },
  );
  await page.close();
  return rowOf(name, times);
}

async function inNode() {
  const times = [performance.now()];
  await using dalle = await Dalle.load();
  times.push(performance.now());
  for (let seed = 0; seed <= ROUNDS; seed++) {
    await dalle.generate(caption, { seed });
    times.push(performance.now());
  }
  return rowOf("Node", times);
}

function rowOf(engine: string, times: readonly number[]) {
  const spans = times.slice(1).map((time, index) => (time - times[index]!) / 1000);
  const [load, first, ...pictures] = spans;
  const median = pictures.sort((a, b) => a - b)[Math.floor(pictures.length / 2)]!;
  const round = (seconds: number) => Number(seconds.toFixed(2));
  return { engine, load: round(load!), first: round(first!), picture: round(median) };
}

/** Megabytes, as they are and after gzip, of what a page without WebGPU fetches. */
async function downloadSizes() {
  const assets = join(harness.folder, "assets");
  const names = (await readdir(assets)).filter((name) => !/asyncify|webgpu/.test(name));
  const model = JSON.parse(await readFile(join(bundledModel, "config.json"), "utf8"));
  return {
    "page and library": await sizeOf(
      assets,
      names.filter((name) => name.endsWith(".js") && !name.startsWith("ort")),
    ),
    "ONNX Runtime": await sizeOf(
      assets,
      names.filter((name) => name.startsWith("ort")),
    ),
    model: await sizeOf(bundledModel, ["config.json", ...Object.keys(model.files)]),
  };
}

async function sizeOf(folder: string, names: readonly string[]) {
  let [bytes, gzipped] = [0, 0];
  for (const name of names) {
    const file = await readFile(join(folder, name));
    bytes += file.length;
    gzipped += gzipSync(file).length;
  }
  const megabytes = (count: number) => Number((count / 1e6).toFixed(2));
  return { MB: megabytes(bytes), "MB after gzip": megabytes(gzipped) };
}
