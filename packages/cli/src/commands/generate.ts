/** @file `dalle generate`: pictures for a caption. Needs no libtorch. */
import { type Command, Option } from "commander";
import type { Dalle, DalleImage, GeneratedImage, StreamOptions } from "dalle-ts";
import {
  addCompletionOptions,
  type Completion,
  type CompletionOptions,
  checkCompletionOptions,
  readCompletion,
} from "../completion-options.js";
import { integer } from "../options.js";
import { checkPicturePath, numberedPaths, writeFiles } from "../output-files.js";
import { addSamplingOptions, type SamplingOptions, samplingOf } from "../sampling-options.js";
import { checkStepsFolder, FRAMES_BEFORE, writeFrame } from "../step-frames.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options extends SamplingOptions, CompletionOptions {
  readonly output: string;
  readonly count: number;
  readonly seed?: number;
  readonly rerank?: number;
  readonly batch?: number;
  readonly model?: string;
  readonly grid?: boolean;
  readonly stepsDir?: string;
}

const example = `
Examples:
  $ dalle generate "a small red block sitting on a large green block" -n 4 --seed 7 -o out.png
  $ dalle generate "a blue ball" --rerank 32 -o best.png     the best of 32 by CLIP
  $ dalle generate "a blue ball" --steps-dir steps           and how it came about
  $ dalle generate "a red ball" --image ball.png --keep top:0.5 -n 4 --grid
  $ dalle generate "a red ball" --image ball.png --mask hole.png
With --image the caption says what the whole picture shows. What stays is snapped to whole codes of the model, a few
pixels wide; those codes stay as they are.`;

export function addGenerate(program: Command, terminal: Terminal): void {
  const command = program
    .command("generate")
    .description("Make pictures for a caption.")
    .argument("<caption>", "what to draw")
    .option("-o, --output <path>", "PNG file; with -n 4, out-0.png … out-3.png", "out.png")
    .addOption(
      new Option("-n, --count <integer>", "pictures to make")
        .argParser(integer("--count", 1, 1000))
        .default(1),
    )
    .addOption(
      new Option(
        "--seed <integer>",
        "picture i is drawn with seed + i (default: random)",
      ).argParser(integer("--seed", 0, Number.MAX_SAFE_INTEGER)),
    );
  addCompletionOptions(addSamplingOptions(command))
    .addOption(
      new Option(
        "--rerank <integer>",
        "make this many and keep the --count that match best by CLIP, best first",
      ).argParser(integer("--rerank", 1, 1000)),
    )
    .addOption(
      new Option(
        "--batch <integer>",
        "pictures drawn together; changes the speed only (default: 8)",
      ).argParser(integer("--batch", 1, 64)),
    )
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .option("--grid", "write one contact sheet instead of single pictures")
    .option(
      "--steps-dir <folder>",
      `write ${FRAMES_BEFORE + 1} frames of each picture while it is drawn`,
    )
    .addHelpText("after", example)
    .action(
      terminal.action((caption: string, options: Options) =>
        terminal.interruptible((signal) => generate(caption, options, terminal, signal)),
      ),
    );
}

async function generate(
  caption: string,
  options: Options,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<CommandResult> {
  const started = performance.now();
  const { output, count, grid = false, stepsDir } = options;
  checkCompletionOptions(options);
  if (stepsDir !== undefined) await checkStepsFolder(stepsDir);
  const paths = grid ? [output] : numberedPaths(output, count);
  for (const path of paths) await checkPicturePath("--output", path);

  const { contactSheet, Dalle, drawSeed } = await import("dalle-ts");
  const seed = options.seed ?? drawSeed();
  const warnings: string[] = [];
  await using dalle = await Dalle.load(options.model);
  const settings = dalle.sampling(samplingOf(options));
  const completion = await readCompletion(options, dalle.imageSize);
  const { images, frames } = await draw(dalle, { caption, completion, stepsDir }, terminal, {
    ...settings,
    count,
    seed,
    rerank: options.rerank,
    batch: options.batch,
    signal,
    onWarning: (warning) => warnings.push(warning),
  });
  const seeds = images.map((image) => image.seed);
  const scores = images.flatMap(({ score }) => score ?? []); // of reranked pictures
  const fits = images.flatMap(({ fit }) => fit ?? []); // of completions with something to fit
  const described = {
    ...{ caption, settings: JSON.stringify(settings), model: dalle.hash },
    ...completion?.described,
  };
  const pictures = grid
    ? [{ image: contactSheet(images), seeds }]
    : images.map((image) => ({ image, seeds: [image.seed] }));
  await writePictures(paths, pictures, described);

  for (const warning of warnings) terminal.note(warning);
  const seconds = Math.round(performance.now() - started) / 1000;
  const made = count === 1 ? "1 picture" : `${count} pictures`;
  const model = { name: dalle.config.name, hash: dalle.hash };
  return {
    text: [
      ...paths,
      ...(stepsDir === undefined ? [] : [stepsDir]),
      `${made} in ${seconds} s, seed ${seed}`,
    ],
    json: {
      ...{ files: paths, frames, caption, seed, seeds, scores, fits, settings, model },
      ...{ ...completion?.described, warnings, seconds },
    },
  };
}

interface Drawing {
  readonly caption: string;
  readonly completion: Completion | undefined;
  readonly stepsDir: string | undefined;
}

/** Frames are written as they come, so that they can be looked at meanwhile. */
async function draw(
  dalle: Dalle,
  { caption, completion, stepsDir }: Drawing,
  terminal: Terminal,
  options: StreamOptions,
): Promise<{ images: GeneratedImage[]; frames: string[] }> {
  using progress = terminal.progress({ label: "drawing", unit: "codes" });
  const asked = {
    ...options,
    partials: stepsDir === undefined ? 0 : FRAMES_BEFORE,
    onProgress: (done: number, total: number) => progress.update(done, total),
  };
  const events = completion
    ? dalle.streamCompletion(completion.image, caption, { ...asked, ...completion.region })
    : dalle.stream(caption, asked);
  const images: GeneratedImage[] = [];
  const frames: string[] = [];
  for await (const event of events) {
    if (stepsDir !== undefined) frames.push(await writeFrame(stepsDir, event, caption));
    if (event.type === "image") images.push(event.image);
  }
  return { images, frames };
}

/** Everything that makes the picture again goes into its file. */
async function writePictures(
  paths: readonly string[],
  pictures: readonly { readonly image: DalleImage; readonly seeds: readonly number[] }[],
  { caption, ...described }: { readonly caption: string } & Readonly<Record<string, string>>,
): Promise<void> {
  const { encodePng } = await import("dalle-ts");
  const files = pictures.map(async ({ image, seeds }, index) => {
    const metadata = { caption, seed: seeds.join(" "), ...described };
    return { path: paths[index]!, bytes: await encodePng(image, metadata) };
  });
  await writeFiles(await Promise.all(files));
}
