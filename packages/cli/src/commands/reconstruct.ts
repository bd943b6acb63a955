/** @file `dalle reconstruct`: a picture through the dVAE and back, which shows what the model can see of it. */
import { basename } from "node:path";
import type { Command } from "commander";
import { checkPicturePath, writeFiles } from "../output-files.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options {
  readonly output: string;
  readonly model?: string;
}

const example = `
Example:
  $ dalle reconstruct photo.jpg -o seen.png`;

export function addReconstruct(program: Command, terminal: Terminal): void {
  program
    .command("reconstruct")
    .description("Show a picture as the model sees it: to codes and back.")
    .argument("<picture>", "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG; its centre square is used")
    .option("-o, --output <path>", "PNG file to write", "reconstructed.png")
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .addHelpText("after", example)
    .action(terminal.action(reconstruct));
}

async function reconstruct(picture: string, { output, model }: Options): Promise<CommandResult> {
  const started = performance.now();
  await checkPicturePath("--output", output);
  const { Dalle, encodePng, loadImage } = await import("dalle-ts");
  await using dalle = await Dalle.load(model);
  const { imageSize } = dalle;
  const { codes, ...image } = await dalle.reconstruct(
    await loadImage(picture, { size: imageSize, svg: true }),
  );
  const bytes = await encodePng(image, { source: basename(picture), model: dalle.hash });
  await writeFiles([{ path: output, bytes }]);
  const seconds = Math.round(performance.now() - started) / 1000;
  const used = new Set(codes).size;
  return {
    pictures: async () => [bytes],
    text: [
      output,
      `${imageSize} × ${imageSize} pixels as ${codes.length} codes, ${used} different, in ${seconds} s`,
    ],
    json: {
      files: [output],
      model: { name: dalle.config.name, hash: dalle.hash },
      codes: [...codes],
      seconds,
    },
  };
}
