/** @file The few things that every part of the report page needs. */

import type { RgbImage } from "@dalle-ts/data";
import sharp from "sharp";

/** Text as it may stand in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}

/** Of WebP: a third of a PNG's bytes, and nothing that an eye would miss. */
const QUALITY = 90;

/** A picture inside the page. */
export async function pictureHtml(
  { width, height, pixels }: RgbImage,
  alternative: string,
): Promise<string> {
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  const base64 = (await picture.webp({ quality: QUALITY }).toBuffer()).toString("base64");
  return `<img src="data:image/webp;base64,${base64}" alt="${escapeHtml(alternative)}">`;
}

/** 0.914 → "91.4 %" */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–";
}
