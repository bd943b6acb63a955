/** @file `dalle generate`: pictures for a caption. Needs no libtorch. */
import type { Command } from "commander";
import type { Dalle, GeneratedImage, StreamOptions } from "dalle-ts";
import {
  addCompletionOptions,
  type CompletionOptions,
  checkCompletionOptions,
  readCompletion,
} from "../completion-options.js";
import { addDrawingOptions, type Drawing, type DrawingOptions, drawPictures } from "../drawing.js";
import { checkStepsFolder, FRAMES_BEFORE, writeFrame } from "../step-frames.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options extends DrawingOptions, CompletionOptions {
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
    .argument("<caption>", "what to draw");
  addCompletionOptions(addDrawingOptions(command))
    .option(
      "--steps-dir <folder>",
      `write ${FRAMES_BEFORE} frames of each picture while it is drawn, and the whole of each that is kept`,
    )
    .addHelpText("after", example)
    .action(
      terminal.action((caption: string, options: Options) => generate(caption, options, terminal)),
    );
}

async function generate(
  caption: string,
  options: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  checkCompletionOptions(options);
  if (options.stepsDir !== undefined) await checkStepsFolder(options.stepsDir);
  return drawPictures(options, terminal, (dalle) => drawingOf(dalle, caption, options));
}

async function drawingOf(dalle: Dalle, caption: string, options: Options): Promise<Drawing> {
  const { stepsDir: folder } = options;
  const completion = await readCompletion(options, dalle);
  const paths: string[] = [];
  return {
    caption,
    described: completion?.described,
    candidates: completion?.candidates,
    ...(folder !== undefined && { frames: { folder, paths } }),
    async draw(asked) {
      const streamed: StreamOptions = { ...asked, partials: folder ? FRAMES_BEFORE : 0 };
      const events = completion
        ? dalle.streamCompletion(completion.image, caption, {
            ...streamed,
            ...completion.region,
            candidates: completion.candidates,
          })
        : dalle.stream(caption, streamed);
      const images: GeneratedImage[] = [];
      for await (const event of events) {
        // Frames are written as they come, so that they can be looked at meanwhile.
        if (folder) paths.push(await writeFrame(folder, event, caption));
        if (event.type === "image") images.push(event.image);
      }
      return images;
    },
  };
}
