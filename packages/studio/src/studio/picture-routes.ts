/** @file Picture files of the library. Their names cannot be guessed, so whoever knows one may see it without a key. */

import { type Context, Hono } from "hono";
import { ApiError } from "../http/api-error.js";
import { decodePicture } from "../pictures/decode.js";
import { encodePicture, type PictureFormat, pictureFormats } from "../pictures/encode.js";
import { parseSize } from "../pictures/size.js";
import type { Environment, Services } from "../services.js";

const FILE = new RegExp(`^([0-9a-f]{32})\\.(${pictureFormats.join("|")})$`);

export function pictureRoutes({ library }: Services): Hono<Environment> {
  return new Hono<Environment>().get("/pictures/:file", async (context: Context) => {
    const [, id, format] = FILE.exec(context.req.param("file") ?? "") ?? [];
    const png = id && (await library?.read(id));
    if (!png) {
      throw new ApiError(404, "There is no such picture; it may have been deleted.", {
        code: "picture_not_found",
      });
    }
    const size = parseSize(context.req.query("size") ?? "");
    const isStored = format === "png" && size === undefined;
    const bytes = isStored
      ? png
      : await encodePicture(await decodePicture(png), { format: format as PictureFormat, size });
    return context.body(Buffer.from(bytes), 200, {
      "content-type": `image/${format}`,
      "cache-control": "private, max-age=31536000, immutable",
    });
  });
}
