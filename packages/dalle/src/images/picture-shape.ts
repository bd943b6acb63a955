/** @file Whether a picture and its mask have one shape, told from their files' heads. In Node alone. */
import sharp from "sharp";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far the ratios of width to height may differ: sizes are whole pixels. */
const TOLERANCE = 0.01;

/**
 * The sizes of both where they are of another shape, so that their centre squares show other parts. Both are files or bytes that
 * have been read.
 */
export async function otherShape(
  picture: string | Uint8Array,
  mask: string | Uint8Array,
): Promise<{ readonly picture: Size; readonly mask: Size } | undefined> {
  const [seen, over] = await Promise.all([uprightSize(picture), uprightSize(mask)]);
  const difference = seen.width / seen.height / (over.width / over.height) - 1;
  return Math.abs(difference) < TOLERANCE ? undefined : { picture: seen, mask: over };
}

/** "300x100" */
export const sizeText = ({ width, height }: Size): string => `${width}x${height}`;

async function uprightSize(file: string | Uint8Array): Promise<Size> {
  return (await sharp(file).metadata()).autoOrient;
}
