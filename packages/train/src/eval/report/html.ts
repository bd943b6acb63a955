/** @file The few things that every part of the report page needs. */

import type { RgbImage } from "@dalle-ts/data";
import { encodePng } from "dalle-ts";

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

/** A picture inside the page. */
export async function pictureHtml(image: RgbImage, alternative: string): Promise<string> {
  const base64 = Buffer.from(await encodePng(image)).toString("base64");
  return `<img src="data:image/png;base64,${base64}" alt="${escapeHtml(alternative)}">`;
}

/** 0.914 → "91.4 %" */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–";
}
