/**
 * @file `npm run gallery`: the README's pictures. For each caption 32 pictures, seeds 0 to 31, of which CLIP's best
 * four are shown, and for some captions the best one, larger; nothing is picked by hand.
 */
import { contactSheet, Dalle, encodePng, type GeneratedImage } from "dalle-ts";
import { writeFileAtomic } from "dalle-ts/parts";
import sharp from "sharp";

const captions = [
  "a small red block sitting on a large green block",
  "a pentagonal green clock. a green clock in the shape of a pentagon.",
  "an emoji of a baby penguin wearing a blue hat, red gloves, green shirt, and yellow pants",
  "a professional high quality emoji of a happy avocado",
  "an armchair in the shape of an avocado",
  "a snail made of waffle",
  "an extreme close-up view of an eagle",
  "an extreme close-up view of a fox",
  "a painting of a fox sitting in a field at sunrise",
  "a pop art picture of a fox sitting in a field at sunrise",
  "a pixel art illustration of a fox sitting in a field at sunrise",
  "a stained glass picture of a fox sitting in a field at sunrise",
  "a pencil sketch of a fox sitting in a field at sunrise",
  "a neon sign of a fox sitting in a field at sunrise",
  "a collection of glasses is sitting on a table",
  "a cross-section view of a watermelon",
  "the exact same teapot on the top colored blue on the bottom",
  "a soda can with an image of a blue strawberry",
];
/** Those whose best picture is shown first. */
const first = [0, 4, 2, 1, 7, 5, 15, 16].map((index) => captions[index]!);

const [CANDIDATES, SHOWN] = [32, 4];

/** Pictures side by side, each strip with words below it. */
interface Layout {
  readonly columns: number;
  /** Of a picture, in pixels. */
  readonly side: number;
  readonly fontSize: number;
  /** That the longest of the words take. */
  readonly lines: number;
}

const GAP = 6;

await using dalle = await Dalle.load();
const drawn = new Map<string, GeneratedImage[]>();
for (const caption of captions) {
  drawn.set(caption, await dalle.generate(caption, { count: SHOWN, rerank: CANDIDATES, seed: 0 }));
}

await writeSheet(
  "docs/gallery.png",
  captions.map((caption) => ({ images: drawn.get(caption)!, words: caption })),
  { columns: 2, side: 128, fontSize: 11, lines: 1 },
);
await writeSheet(
  "docs/hero.png",
  first.map((caption) => ({ images: drawn.get(caption)!.slice(0, 1), words: caption })),
  { columns: 4, side: 192, fontSize: 11, lines: 4 },
);

interface Cell {
  readonly images: readonly GeneratedImage[];
  readonly words: string;
}

async function writeSheet(
  path: string,
  cells: readonly Cell[],
  { columns, side, fontSize, lines }: Layout,
): Promise<void> {
  const width = cells[0]!.images.length * side + 2 * GAP;
  const height = side + (lines + 1) * fontSize + 2 * GAP;
  const most = Math.floor((width - GAP) / (0.56 * fontSize)); // characters of a line
  const parts = [];
  for (const [index, { images, words }] of cells.entries()) {
    const sheet = await encodePng(contactSheet(images, { columns: images.length, gap: 0 }));
    const strip = await sharp(sheet).resize({ height: side, kernel: "cubic" }).png().toBuffer();
    const x = (index % columns) * width + GAP;
    const y = Math.floor(index / columns) * height + GAP;
    parts.push(`<image x="${x}" y="${y}" width="${images.length * side}" height="${side}" href="data:image/png;base64,${strip.toString("base64")}"/>
    ${linesOf(words, most)
      .map(
        (line, number) =>
          `<text x="${x}" y="${y + side + (number + 1) * fontSize + 5}">${escaped(line)}</text>`,
      )
      .join("")}`);
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * width}" height="${Math.ceil(cells.length / columns) * height}">
  <rect width="100%" height="100%" fill="white"/>
  <g font-family="sans-serif" font-size="${fontSize}" fill="#333">${parts.join("\n")}</g>
</svg>`;
  const png = sharp(Buffer.from(svg)).png({ palette: true }); // a fifth of the bytes
  await writeFileAtomic(path, await png.toBuffer());
  console.log(
    `${path}: ${cells.length} captions, ${cells[0]!.images.length} of ${CANDIDATES} pictures each`,
  );
}

function linesOf(words: string, most: number): string[] {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
