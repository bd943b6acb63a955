/** @file Sheets of the report: pictures that were judged, and each beside the training picture that is nearest to it. */
import type { JudgedPicture } from "../evaluate.js";
import { COMPARED_SIDE } from "../nearest.js";
import type { NearestStudy } from "../nearest-study.js";
import { escapeHtml, percent, pictureHtml } from "./html.js";

/** Pictures with their captions, in green frames where right and red ones where wrong. */
export async function sheetHtml(pictures: readonly JudgedPicture[]): Promise<string> {
  const figures = await Promise.all(
    pictures.map(async ({ image, caption, right, verdict }) => {
      const wrong = Object.keys(verdict).filter((name) => !verdict[name]);
      const says = right ? "right" : `wrong: ${wrong.join(", ")}`;
      return `<figure class="${right ? "right" : "wrong"}">${await pictureHtml(image, caption)}<figcaption>${escapeHtml(caption)}<small>${escapeHtml(says)}</small></figcaption></figure>`;
    }),
  );
  return `<div class="sheet">${figures.join("")}</div>`;
}

/** Each picture made, and its nearest training picture to the right of it. */
export async function nearestHtml({
  made,
  among,
  of,
  median,
  near,
}: NearestStudy): Promise<string> {
  const figures = await Promise.all(
    made.map(async ({ picture, image, caption, distance }) => {
      const pair = [pictureHtml(picture.image, picture.caption), pictureHtml(image, caption)];
      const says = `${distance.toFixed(1)} levels apart`;
      return `<figure>${(await Promise.all(pair)).join("")}<figcaption>${escapeHtml(picture.caption)}<small>${says}; trained: ${escapeHtml(caption)}</small></figcaption></figure>`;
    }),
  );
  const looked = among < of ? `the first ${among} of the ${of}` : `all ${of}`;
  const shares = `${percent(near.made.share)} of the pictures made (95 % interval ${percent(near.made.low)} to ${percent(near.made.high)}) and ${percent(near.painted.share)} of the fresh true ones`;
  return `<p>Left the picture made, right the nearest of ${looked} pictures of the last training stream (root mean square difference at ${COMPARED_SIDE} × ${COMPARED_SIDE} pixels, levels of 0 … 255, after the dVAE). Median ${median.made.toFixed(1)}; fresh true pictures for the same captions, passed through the dVAE: ${median.painted.toFixed(1)}. As near as the nearest 5 % of the fresh true ones are ${shares}; of a model that copies its training nearly all would be.</p><div class="sheet pairs">${figures.join("")}</div>`;
}
