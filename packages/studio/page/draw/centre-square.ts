/**
 * @file The centre square of a picture, which is what the model gets of it. A mask that was painted on it fits no other part.
 */

/** Side that is sent at most, in pixels: several times what models draw, and a fraction of a camera's megabytes. */
const LARGEST_SIDE = 1024;

/** As a PNG. Rejects for a file that the browser cannot show. */
export async function centreSquare(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error("The browser cannot read this picture; choose a PNG, WebP or JPEG.");
  });
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(picture.width, picture.height, LARGEST_SIDE);
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  drawCentreSquare(context, picture, canvas.width);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((square) => resolve(square!)));
}

/** Fills a canvas of so many pixels on a side. */
export function drawCentreSquare(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap,
  canvasSide: number,
): void {
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  context.drawImage(picture, left, top, side, side, 0, 0, canvasSide, canvasSide);
}
