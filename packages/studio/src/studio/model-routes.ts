/** @file The served model's files, for a page that draws by itself: config.json and what it lists, with ranges. */
import { serveStatic } from "@hono/node-server/serve-static";
import { CONFIG_FILE } from "dalle-ts/parts";
import { Hono } from "hono";
import { ApiError } from "../http/api-error.js";
import type { Environment, Services } from "../services.js";

export function modelRoutes({ model }: Services): Hono<Environment> {
  const files = new Map(
    [CONFIG_FILE, ...Object.keys(model.config.files)].map((path) => [
      path,
      serveStatic<Environment>({ root: model.folder, path }),
    ]),
  );
  return new Hono<Environment>().get("/model/:file", async (context, next) => {
    const serveFile = files.get(context.req.param("file"));
    if (!serveFile) {
      throw new ApiError(404, "The model has no such file; config.json lists what it has.", {
        code: "not_found",
      });
    }
    context.header("cache-control", "no-store"); // the page keeps it, in pieces that it can check
    return serveFile(context, next);
  });
}
