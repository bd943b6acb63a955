/** @file What every command that draws pictures shares: its options, how it draws, and the files that it writes. */
import { type Command, Option } from "commander";
import type {
  Dalle,
  DalleImage,
  GeneratedImage,
  GenerateOptions,
  MemoryEstimate,
  ModelConfig,
} from "dalle-ts";
import { integer, usageError } from "./options.js";
import { checkPicturePath, numberedPaths, writeFiles } from "./output-files.js";
import { addSamplingOptions, type SamplingOptions, samplingOf } from "./sampling-options.js";
import type { CommandResult, Terminal } from "./terminal.js";
import { counted } from "./text.js";
import { unknownWordsWarnings } from "./unknown-words.js";

/** In a terminal, at most. */
const SHOWN_PICTURES = 16;

export interface DrawingOptions extends SamplingOptions {
  readonly output: string;
  readonly count: number;
  readonly seed?: number;
  readonly rerank?: number;
  readonly repeat?: number;
  readonly batch?: number;
  readonly model?: string;
  readonly grid?: boolean;
}

/** What a command asks of a loaded model. */
export interface Drawing {
  /** What the pictures are to show; "" where nothing was said. */
  readonly caption: string;
  /** What else makes the pictures again, for their files: where they started from, and what was kept. */
  readonly described?: Readonly<Record<string, string | number>>;
  /** Of each picture, where some compete for it. */
  readonly candidates?: number;
  draw(options: GenerateOptions): Promise<readonly GeneratedImage[]>;
  /** Further files that were written while it drew, for --json; listed in the text by `folder`. */
  readonly frames?: { readonly folder: string; readonly paths: readonly string[] };
}

export function addDrawingOptions(command: Command): Command {
  command
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
  return addSamplingOptions(command)
    .addOption(
      new Option(
        "--rerank <integer>",
        "make this many and keep the --count that match best by CLIP, best first",
      ).argParser(integer("--rerank", 1, 1000)),
    )
    .addOption(
      new Option(
        "--repeat <integer>",
        "let the model read the caption this often, as far as it fits (default: 1)",
      ).argParser(integer("--repeat", 1, 16)),
    )
    .addOption(
      new Option(
        "--batch <integer>",
        "pictures drawn together; changes the speed only (default: 8)",
      ).argParser(integer("--batch", 1, 64)),
    )
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .option("--grid", "write one contact sheet instead of single pictures");
}

/** Checks where results go, loads the model, draws what `ask` asks of it, and writes the pictures. */
export async function drawPictures(
  options: DrawingOptions,
  terminal: Terminal,
  ask: (dalle: Dalle) => Promise<Drawing>,
): Promise<CommandResult> {
  const started = performance.now();
  const { output, count, grid = false, repeat, rerank, batch } = options;
  checkSeeds(options);
  if (rerank !== undefined && rerank < count) {
    const least = `at least ${count}, because -n is ${count}`;
    throw usageError("--rerank", least, String(rerank));
  }
  const paths = grid ? [output] : numberedPaths(output, count);
  for (const path of paths) await checkPicturePath("--output", path);

  const { Dalle } = await import("dalle-ts");
  const { drawSeed } = await import("dalle-ts/parts");
  const seed = options.seed ?? drawSeed();
  const warnings: string[] = [];
  await using dalle = await Dalle.load(options.model);
  const settings = dalle.sampling(samplingOf(options));
  const { caption, described, candidates, draw, frames } = await ask(dalle);
  const memory = dalle.estimateMemory({ ...settings, count, rerank, batch, candidates });
  terminal.hint(loadingLine(dalle.config, memory, candidates));
  const images = await terminal.interruptible(async (signal) => {
    using progress = terminal.progress({ label: "drawing", unit: "codes" });
    return await draw({
      ...settings,
      count,
      seed,
      rerank,
      repeat,
      batch,
      signal,
      onWarning: (warning) => warnings.push(warning),
      onProgress: (done, total) => progress.update(done, total),
    });
  });
  const start = {
    ...described,
    ...(candidates !== undefined && { candidates }),
  };
  const metadata = {
    caption,
    settings: JSON.stringify(settings),
    model: dalle.hash,
    ...(repeat !== undefined && { repeat }),
    ...start,
  };
  await writePictures(paths, images, { grid, metadata });

  warnings.push(...(await unknownWordsWarnings(caption, dalle.config)));
  for (const warning of warnings) terminal.note(warning);
  const seconds = Math.round(performance.now() - started) / 1000;
  return {
    pictures: () => shownPictures(images),
    text: [
      ...paths,
      ...(frames ? [frames.folder] : []),
      `${counted(count, "picture")} in ${seconds} s, seed ${seed}${keptLine(images, rerank)}`,
    ],
    json: {
      files: paths,
      frames: frames?.paths ?? [],
      caption,
      seed,
      seeds: images.map((image) => image.seed),
      scores: images.flatMap(({ score }) => score ?? []), // of reranked pictures
      fits: images.flatMap(({ fit }) => fit ?? []), // of completions with something to fit
      settings,
      memory,
      model: { name: dalle.config.name, hash: dalle.hash },
      ...start,
      warnings,
      seconds,
    },
  };
}

/** Picture i is drawn with seed + i, and a seed that no command accepts would make a picture that none makes again. */
function checkSeeds({ seed = 0, count, rerank = count }: DrawingOptions): void {
  const most = Number.MAX_SAFE_INTEGER - (Math.max(count, rerank) - 1);
  if (seed > most) throw usageError("--seed", `at most ${most} for so many pictures`, String(seed));
}

const bits = { f32: 32, f16: 16, int8: 8, "int8-rows": 8, int4: 4 } as const;

/** "default, 8-bit weights: about 160 MB of memory for 8 pictures at a time" */
function loadingLine(
  { name, dtype }: ModelConfig,
  { total, batch }: MemoryEstimate,
  candidates = 1,
): string {
  const weights = dtype === undefined ? "" : `, ${bits[dtype]}-bit weights`;
  const each = candidates === 1 ? "" : ` with ${candidates} candidates each`;
  const together = `${counted(batch / candidates, "picture")}${each}`;
  return `${name}${weights}: about ${Math.round(total / 1e6)} MB of memory for ${together} at a time`;
}

/** "; best of 32: seed 12 (0.871)", the seeds that draw the kept pictures again, and their scores; of the first of many. */
function keptLine(images: readonly GeneratedImage[], rerank: number | undefined): string {
  if (rerank === undefined) return "";
  const kept = images
    .slice(0, SHOWN_PICTURES)
    .map(({ seed, score }) => `seed ${seed} (${score!.toFixed(3)})`);
  return `; best of ${rerank}: ${kept.join(", ")}${images.length > kept.length ? ", …" : ""}`;
}

/** For a terminal: the picture, or a sheet of the first of many. */
async function shownPictures(images: readonly GeneratedImage[]): Promise<Uint8Array[]> {
  const { contactSheet, encodePng } = await import("dalle-ts");
  return [await encodePng(contactSheet(images.slice(0, SHOWN_PICTURES)))];
}

type Metadata = Readonly<Record<string, string | number>> & { readonly caption: string };

/** Everything that makes the picture again goes into its file. */
async function writePictures(
  paths: readonly string[],
  images: readonly GeneratedImage[],
  { grid, metadata }: { grid: boolean; metadata: Metadata },
): Promise<void> {
  const { contactSheet, encodePng } = await import("dalle-ts");
  const seeds = images.map((image) => image.seed);
  const pictures: { image: DalleImage; seeds: number[] }[] = grid
    ? [{ image: contactSheet(images), seeds }]
    : images.map((image) => ({ image, seeds: [image.seed] }));
  const files = pictures.map(async ({ image, seeds: own }, index) => {
    const { caption, ...others } = metadata;
    const facts = { caption, seed: own.join(" "), ...others };
    const texts = Object.entries(facts).map(([name, value]) => [name, String(value)]);
    const bytes = await encodePng(image, Object.fromEntries(texts));
    return { path: paths[index]!, bytes };
  });
  await writeFiles(await Promise.all(files));
}
