/** @file `dalle generate`: pictures for a caption. Needs no libtorch. */
import { type Command, Option } from "commander";
import type { Dalle, DalleImage, GeneratedImage, GenerateOptions } from "dalle-ts";
import { integer } from "../options.js";
import { checkPicturePath, numberedPaths, writeFiles } from "../output-files.js";
import { addSamplingOptions, type SamplingOptions, samplingOf } from "../sampling-options.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options extends SamplingOptions {
  readonly output: string;
  readonly count: number;
  readonly seed?: number;
  readonly rerank?: number;
  readonly batch?: number;
  readonly model?: string;
  readonly grid?: boolean;
}

const example = `
Example:
  $ dalle generate "a small red block sitting on a large green block" -n 4 --seed 7 -o out.png
  $ dalle generate "a blue ball" --rerank 32 -o best.png     the best of 32 by CLIP`;

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
  addSamplingOptions(command)
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
  const { output, count, grid = false } = options;
  const paths = grid ? [output] : numberedPaths(output, count);
  for (const path of paths) await checkPicturePath("--output", path);

  const { contactSheet, Dalle, drawSeed } = await import("dalle-ts");
  const seed = options.seed ?? drawSeed();
  const warnings: string[] = [];
  await using dalle = await Dalle.load(options.model);
  const settings = dalle.sampling(samplingOf(options));
  const images = await draw(dalle, caption, terminal, {
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
  const described = { caption, settings, model: dalle.hash };
  const pictures = grid
    ? [{ image: contactSheet(images), seeds }]
    : images.map((image) => ({ image, seeds: [image.seed] }));
  await writePictures(paths, pictures, described);

  for (const warning of warnings) terminal.note(warning);
  const seconds = Math.round(performance.now() - started) / 1000;
  const made = count === 1 ? "1 picture" : `${count} pictures`;
  const model = { name: dalle.config.name, hash: dalle.hash };
  return {
    text: [...paths, `${made} in ${seconds} s, seed ${seed}`],
    json: { files: paths, caption, seed, seeds, scores, settings, model, warnings, seconds },
  };
}

async function draw(
  dalle: Dalle,
  caption: string,
  terminal: Terminal,
  options: GenerateOptions,
): Promise<GeneratedImage[]> {
  using progress = terminal.progress({ label: "drawing", unit: "codes" });
  const onProgress = (done: number, total: number) => progress.update(done, total);
  return await dalle.generate(caption, { ...options, onProgress });
}

/** Everything that makes the picture again goes into its file. */
async function writePictures(
  paths: readonly string[],
  pictures: readonly { readonly image: DalleImage; readonly seeds: readonly number[] }[],
  { caption, settings, model }: { caption: string; settings: SamplingOptions; model: string },
): Promise<void> {
  const { encodePng } = await import("dalle-ts");
  const files = pictures.map(async ({ image, seeds }, index) => {
    const metadata = { caption, seed: seeds.join(" "), settings: JSON.stringify(settings), model };
    return { path: paths[index]!, bytes: await encodePng(image, metadata) };
  });
  await writeFiles(await Promise.all(files));
}
