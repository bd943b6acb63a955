/** @file `dalle translate`: image to image. The picture becomes the upper of two panels, and the lower one is drawn. */
import type { Command } from "commander";
import { addDrawingOptions, type DrawingOptions, drawPictures } from "../drawing.js";
import type { CommandResult, Terminal } from "../terminal.js";

const example = `
Example:
  $ dalle translate teapot.png "the exact same teapot on the top colored blue on the bottom" -n 4 --grid -o panels.png
The caption tells of both panels. It works as far as the model was taught with pictures of two panels.`;

export function addTranslate(program: Command, terminal: Terminal): void {
  const command = program
    .command("translate")
    .description("Draw a picture again as a caption says, beneath it.")
    .argument("<picture>", "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG; its centre square is used")
    .argument("<caption>", "what both panels show");
  addDrawingOptions(command)
    .addHelpText("after", example)
    .action(
      terminal.action((picture: string, caption: string, options: DrawingOptions) =>
        translate(picture, caption, options, terminal),
      ),
    );
}

async function translate(
  picture: string,
  caption: string,
  options: DrawingOptions,
  terminal: Terminal,
): Promise<CommandResult> {
  return drawPictures(options, terminal, async (dalle) => {
    const { loadImage } = await import("dalle-ts");
    const image = await loadImage(picture, { size: dalle.imageSize, svg: true });
    return {
      caption,
      described: { image: picture, panels: "two" },
      draw: (asked) => dalle.translate(image, caption, asked),
    };
  });
}
