/** @file A picture to translate: the upper of two panels, which stays, above one that is drawn. */
import type { DrawingRequest } from "./drawing";

/** file: any picture; size: of the model's pictures, in pixels. */
export async function upperPanel(file: Blob, size: number): Promise<DrawingRequest["from"]> {
  const { encodePng, loadImage, twoPanels, UPPER_PANEL } = await import("dalle-ts");
  const panels = twoPanels(await loadImage(file, { size }), size);
  const image = new Blob([await encodePng(panels)], { type: "image/png" });
  return { image, keep: { ...UPPER_PANEL, bottom: 0, left: 0, right: 0 } };
}
