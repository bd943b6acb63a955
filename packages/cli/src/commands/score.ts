/** @file `dalle score`: how well a picture matches captions, by the model's CLIP and its transformer. */
import type { Command } from "commander";
import type { CommandResult, Terminal } from "../terminal.js";
import { table } from "../text.js";
import { unknownWordsWarnings } from "../unknown-words.js";

interface Options {
  readonly model?: string;
}

interface Score {
  readonly caption: string;
  /** Absent where the model has no CLIP. */
  readonly clip?: number;
  /** Absent where it draws no pictures, or cannot read their codes. */
  readonly logLikelihood?: number;
}

const example = `
Example:
  $ dalle score picture.png "a red cube" "a blue ball"
CLIP: the cosine of picture and caption, in [-1, 1]. Nats a code: how likely the transformer makes the picture's codes
for the caption, at most 0. More is better; compare them between captions or pictures of one model only.`;

export function addScore(program: Command, terminal: Terminal): void {
  program
    .command("score")
    .description("Say how well a picture matches captions.")
    .argument("<picture>", "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG; its centre square is used")
    .argument("<captions...>", "one or more captions")
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .addHelpText("after", example)
    .action(
      terminal.action((picture: string, captions: readonly string[], options: Options) =>
        score(picture, captions, options, terminal),
      ),
    );
}

async function score(
  picture: string,
  captions: readonly string[],
  { model }: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  const { Dalle, loadImage } = await import("dalle-ts");
  await using dalle = await Dalle.load(model);
  const image = await loadImage(picture, { size: dalle.imageSize, svg: true });
  const scores: Score[] = [];
  const warnings = new Set<string>(); // captions may share them
  const onWarning = (warning: string) => warnings.add(warning);
  for (const caption of captions) {
    const { knowsLikelihood } = dalle;
    scores.push({
      caption,
      // Whoever has neither is told by the first of them.
      ...((dalle.config.clip || !knowsLikelihood) && {
        clip: await dalle.score(image, caption, { onWarning }),
      }),
      ...(knowsLikelihood && {
        logLikelihood: await dalle.logLikelihood(image, caption, { onWarning }),
      }),
    });
  }
  for (const caption of captions) {
    for (const warning of await unknownWordsWarnings(caption, dalle.config)) warnings.add(warning);
  }
  for (const warning of warnings) terminal.note(warning);
  return {
    text: table([
      ["caption", "CLIP", "nats a code"],
      ...scores.map(({ caption, clip, logLikelihood }) => [
        caption,
        clip?.toFixed(4) ?? "–",
        logLikelihood?.toFixed(4) ?? "–",
      ]),
    ]),
    json: {
      picture,
      model: { name: dalle.config.name, hash: dalle.hash },
      scores,
      warnings: [...warnings],
    },
  };
}
