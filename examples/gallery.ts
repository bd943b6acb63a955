/**
 * @file `npm run gallery`: the README's picture. For each caption 32 pictures, seeds 0 to 31, of which CLIP's best four are shown;
 * nothing is picked by hand.
 */
import { contactSheet, Dalle, encodePng, writeFileAtomic } from "dalle-ts";
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
const [CANDIDATES, SHOWN, COLUMNS] = [32, 4, 2];
/** Pixels of the sheet: a picture's side, the space around four of them, and a line of text. */
const [SIDE, GAP, LINE] = [128, 6, 22];

await using dalle = await Dalle.load();
const strips: Buffer[] = [];
for (const caption of captions) {
  const images = await dalle.generate(caption, { count: SHOWN, rerank: CANDIDATES, seed: 0 });
  const strip = await encodePng(contactSheet(images, { columns: SHOWN, gap: 0 }));
  strips.push(await sharp(strip).resize({ height: SIDE, kernel: "cubic" }).png().toBuffer());
}

const [width, height] = [SHOWN * SIDE + 2 * GAP, SIDE + LINE + 2 * GAP];
const cells = strips.map((strip, index) => {
  const [x, y] = [(index % COLUMNS) * width + GAP, Math.floor(index / COLUMNS) * height + GAP];
  const data = `data:image/png;base64,${strip.toString("base64")}`;
  const words = captions[index]!.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<image x="${x}" y="${y}" width="${SHOWN * SIDE}" height="${SIDE}" href="${data}"/>
    <text x="${x}" y="${y + SIDE + 16}">${words}</text>`;
});
const rows = Math.ceil(strips.length / COLUMNS);
const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${COLUMNS * width}" height="${rows * height}">
  <rect width="100%" height="100%" fill="white"/>
  <g font-family="sans-serif" font-size="11" fill="#333">${cells.join("\n")}</g>
</svg>`;
const png = sharp(Buffer.from(sheet)).png({ palette: true }); // a fifth of the bytes
await writeFileAtomic("docs/gallery.png", await png.toBuffer());
console.log(
  `docs/gallery.png: ${captions.length} captions, the best ${SHOWN} of ${CANDIDATES} each`,
);
