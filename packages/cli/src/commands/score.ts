/** @file `dalle score`: how well a picture matches captions, by the model's CLIP. */
import type { Command } from "commander";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options {
  readonly model?: string;
}

const example = `
Example:
  $ dalle score picture.png "a red cube" "a blue ball"
The numbers are cosines in [-1, 1]; compare them between captions or pictures of one model only.`;

export function addScore(program: Command, terminal: Terminal): void {
  program
    .command("score")
    .description("Say how well a picture matches captions.")
    .argument("<picture>", "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG; its centre square is used")
    .argument("<captions...>", "one or more captions")
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .addHelpText("after", example)
    .action(terminal.action(score));
}

async function score(
  picture: string,
  captions: readonly string[],
  { model }: Options,
): Promise<CommandResult> {
  const { Dalle, loadImage } = await import("dalle-ts");
  await using dalle = await Dalle.load(model);
  const image = await loadImage(picture, { size: dalle.config.dvae.imageSize });
  const scores: { caption: string; score: number }[] = [];
  for (const caption of captions) {
    scores.push({ caption, score: await dalle.score(image, caption) });
  }
  return {
    text: scores.map(({ caption, score }) => `${score.toFixed(4)}  ${caption}`),
    json: { picture, model: { name: dalle.config.name, hash: dalle.hash }, scores },
  };
}
