/** @file A page that draws pictures by itself. Of all this, five lines use the library; they are numbered. */
import { Dalle, type DalleImage, encodePng, rgbaOf } from "dalle-ts";
import { startServiceWorker } from "./offline.js";

const find = <T extends Element>(selector: string) => document.querySelector<T>(selector)!;
const caption = find<HTMLInputElement>("input");
const draw = find<HTMLButtonElement>("[name=draw]");
const cancel = find<HTMLButtonElement>("[name=cancel]");
const canvas = find<HTMLCanvasElement>("canvas");
const progress = find<HTMLProgressElement>("progress");
const status = find<HTMLOutputElement>("output");
const save = Object.assign(document.createElement("a"), { download: "dalle.png" });

let dalle: Dalle;
let controller = new AbortController();

async function loadModel(): Promise<void> {
  dalle = await Dalle.load("models/default/", { onProgress: showProgress }); // 1
  find("#engine").textContent = dalle.engine.reason; // 2
  status.value = "Ready.";
}

async function drawPicture(): Promise<void> {
  controller = new AbortController();
  const options = { partials: 12, signal: controller.signal, onProgress: showProgress };
  const start = performance.now();
  for await (const event of dalle.stream(caption.value, options)) /* 3 */ {
    show(event.image);
    if (event.type === "partial") continue;
    const { caption, seed } = event.image;
    offer(await encodePng(event.image, { caption, seed: String(seed), model: dalle.hash })); // 4
  }
  status.value = `Drawn in ${((performance.now() - start) / 1000).toFixed(1)} s.`;
}

function show(image: DalleImage): void {
  [canvas.width, canvas.height] = [image.width, image.height];
  const picture = new ImageData(rgbaOf(image), image.width); // 5
  canvas.getContext("2d")!.putImageData(picture, 0, 0);
}

function showProgress(done: number, total: number): void {
  progress.value = done / total;
}

function offer(png: Uint8Array<ArrayBuffer>): void {
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([png], { type: "image/png" }));
  save.textContent = "Save the picture";
  status.after(" ", save);
}

/** Shows what goes on, and what went wrong. */
async function run(message: string, job: () => Promise<void>): Promise<void> {
  draw.disabled = true;
  status.value = message;
  try {
    await job();
  } catch (error) {
    status.value = (error as Error).message;
  }
  draw.disabled = dalle === undefined;
  cancel.disabled = true;
}

find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  cancel.disabled = false;
  run("Drawing …", drawPicture);
});
cancel.addEventListener("click", () => controller.abort());

await startServiceWorker().catch(console.warn);
run("Loading the model …", loadModel);
