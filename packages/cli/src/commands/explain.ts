/** @file `dalle explain`: which words of a caption each place of a picture looked at. */
import { basename } from "node:path";
import type { Command } from "commander";
import type { DalleImage, Explanation } from "dalle-ts";
import { checkPicturePath, writeFiles } from "../output-files.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { table } from "../text.js";
import { unknownWordsWarnings } from "../unknown-words.js";

interface Options {
  readonly output: string;
  readonly model?: string;
}

/** Panels are at least so many pixels wide, for words to fit beneath. */
const PANEL = 128;

const example = `
Example:
  $ dalle generate "a small red block sitting on a large green block" --seed 7 -o blocks.png
  $ dalle explain blocks.png "a small red block sitting on a large green block" -o why.png
Attention is what the transformer's softmax gives from each code of the picture to each word, averaged over heads and
layers. The sheet shows a panel a word, redder where it was looked at more; --json gives the numbers. It says where the
model looked, which is not always why it drew what it drew.`;

export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command("explain")
    .description("Show which words of a caption each place of a picture looked at.")
    .argument("<picture>", "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG; its centre square is used")
    .argument("<caption>", "what the picture shows")
    .option("-o, --output <path>", "PNG file to write", "explained.png")
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .addHelpText("after", example)
    .action(
      terminal.action((picture: string, caption: string, options: Options) =>
        explain(picture, caption, options, terminal),
      ),
    );
}

async function explain(
  picture: string,
  caption: string,
  { output, model }: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  await checkPicturePath("--output", output);
  const { Dalle, encodePng, loadImage } = await import("dalle-ts");
  await using dalle = await Dalle.load(model);
  const image = await loadImage(picture, { size: dalle.imageSize, svg: true });
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  const explanation = await dalle.explain(image, caption, { onWarning });
  const sheet = await sheetOf(image, explanation);
  const metadata = { caption, source: basename(picture), model: dalle.hash };
  const bytes = await encodePng(sheet, metadata);
  await writeFiles([{ path: output, bytes }]);

  warnings.push(...(await unknownWordsWarnings(caption, dalle.config)));
  for (const warning of warnings) terminal.note(warning);
  const percent = (share: Float32Array) => `${(100 * mean(share)).toFixed(2)} %`;
  const { words, rows, columns, start, padding, picture: before } = explanation;
  return {
    pictures: async () => [bytes],
    text: [
      output,
      ...table([
        ["looked at", "of all attention"],
        ...words.map(({ text, attention }) => [text, percent(attention)]),
        ["(the caption's start)", percent(start)],
        ["(behind its end)", percent(padding)],
        ["(the picture so far)", percent(before)],
      ]),
    ],
    json: {
      files: [output],
      caption,
      rows,
      columns,
      codes: [...explanation.codes],
      words: words.map(({ text, attention }) => ({ text, attention: [...attention] })),
      start: [...start],
      padding: [...padding],
      picture: [...before],
      model: { name: dalle.config.name, hash: dalle.hash },
      warnings,
    },
  };
}

const mean = (share: Float32Array) => share.reduce((sum, one) => sum + one, 0) / share.length;

/** What the sheet's font has letters for; other words are numbered. */
const written =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{M}\p{N}\p{P}\p{Sc}\p{Sm}\p{Z}]*$/u;

/** index: of the word in its caption, from 0. */
export function panelLabel(word: string, index: number): string {
  return written.test(word) ? word : `(word ${index + 1})`;
}

/** The picture, and then a heat map a word. */
async function sheetOf(image: DalleImage, explanation: Explanation): Promise<DalleImage> {
  const { captionedSheet } = await import("@dalle-ts/data");
  const { attentionOverlay, enlarge } = await import("dalle-ts");
  const large = enlarge(image, Math.ceil(PANEL / image.width));
  return captionedSheet(
    [
      { image: large, caption: "(the picture)" },
      ...explanation.words.map(({ text, attention }, index) => ({
        image: attentionOverlay(large, explanation, attention),
        caption: panelLabel(text, index),
      })),
    ],
    { columns: 6 },
  );
}
