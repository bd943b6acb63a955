/** @file Picture files of the library. Their names cannot be guessed, so whoever knows one may see it without a key. */

import { type Context, Hono } from "hono";
import { pictureMetadata } from "../drawing/picture-metadata.js";
import { ApiError } from "../http/api-error.js";
import { decodePicture } from "../pictures/decode.js";
import { encodePicture, type PictureFormat, pictureFormats } from "../pictures/encode.js";
import { parseSize } from "../pictures/size.js";
import type { Environment, Services } from "../services.js";

const FILE = new RegExp(`^([0-9a-f]{32})\\.(${pictureFormats.join("|")})$`);

export function pictureRoutes({ library }: Services): Hono<Environment> {
  return new Hono<Environment>().get("/pictures/:file", async (context: Context) => {
    const [, id, format] = FILE.exec(context.req.param("file") ?? "") ?? [];
    const record = id && library?.get(id);
    const png = record && (await library?.read(id));
    if (!png) {
      throw new ApiError(404, "There is no such picture; it may have been deleted.", {
        code: "picture_not_found",
      });
    }
    const size = parseSize(context.req.query("size") ?? "");
    const quality = parseQuality(context.req.query("quality") ?? "");
    const isStored = format === "png" && size === undefined;
    const metadata = pictureMetadata(record);
    const asked = { format: format as PictureFormat, size, quality, metadata };
    const bytes = isStored ? png : await encodePicture(await decodePicture(png), asked);
    return context.body(Buffer.from(bytes), 200, {
      "content-type": `image/${format}`,
      "cache-control": "private, max-age=31536000, immutable",
    });
  });
}

/** "80" → 80; undefined for any other text than an integer in [0, 100]. */
function parseQuality(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined;
}
