/** @file `dalle vary`: new pictures near one, each with another part of it drawn anew. */
import { type Command, Option } from "commander";
import { addDrawingOptions, type DrawingOptions, drawPictures } from "../drawing.js";
import { number, usageError } from "../options.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options extends DrawingOptions {
  readonly caption?: string;
  readonly share?: number;
}

const example = `
Example:
  $ dalle vary ball.png --caption "a red ball" --share 0.25 -n 9 --grid -o balls.png
Each picture loses another rectangle, which is drawn anew to fit what is around it; the rest stays as it is.`;

export function addVary(program: Command, terminal: Terminal): void {
  const command = program
    .command("vary")
    .description("Make new pictures near one.")
    .argument("<picture>", "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG; its centre square is used")
    .option("--caption <caption>", "what the picture shows (default: nothing is said)")
    .addOption(
      new Option(
        "--share <number>",
        "how much of the picture is drawn anew (default: 0.5)",
      ).argParser(number("--share", "a number in (0, 1)", (value) => value > 0 && value < 1)),
    );
  addDrawingOptions(command)
    .addHelpText("after", example)
    .action(
      terminal.action((picture: string, options: Options) => vary(picture, options, terminal)),
    );
}

async function vary(picture: string, options: Options, terminal: Terminal): Promise<CommandResult> {
  const { caption, share, guidance } = options;
  if (caption === undefined && guidance !== undefined) {
    throw usageError("--guidance", "--caption too", String(guidance));
  }
  // Without a caption there is nothing to be guided to, and the files say so.
  const asked = caption === undefined ? { ...options, guidance: 1 } : options;
  return drawPictures(asked, terminal, async (dalle) => {
    const { loadImage } = await import("dalle-ts");
    const { DEFAULT_CANDIDATES: candidates } = await import("dalle-ts/parts");
    const image = await loadImage(picture, { size: dalle.imageSize, svg: true });
    return {
      caption: caption ?? "",
      candidates,
      described: { image: picture, ...(share !== undefined && { share }) },
      draw: (settings) => dalle.vary(image, { ...settings, caption, share, candidates }),
    };
  });
}
