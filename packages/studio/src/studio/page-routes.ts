/** @file The Studio page: the files that vite built. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Environment } from "../services.js";

/** The same from src and from dist. */
export const pageFolder = fileURLToPath(new URL("../../dist/page", import.meta.url));

export function pageRoutes(): Hono<Environment> {
  const routes = new Hono<Environment>();
  if (!existsSync(pageFolder)) {
    routes.get("/", (context) =>
      context.text("The Studio is not built yet; run `npm run build` and start the server again."),
    );
    return routes;
  }
  routes.get("/", serveStatic({ root: pageFolder }));
  // Their names carry a hash of what is in them.
  const cached: typeof serveStatic = (options) =>
    serveStatic({
      ...options,
      onFound: (_, context) =>
        context.header("cache-control", "public, max-age=31536000, immutable"),
    });
  routes.get("/assets/*", cached({ root: pageFolder }));
  return routes;
}
