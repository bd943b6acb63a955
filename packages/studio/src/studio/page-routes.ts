/** @file The Studio page: the files that vite built. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import type { Environment } from "../services.js";

/** The same from src and from dist. */
const pageFolder = fileURLToPath(new URL("../../dist/page", import.meta.url));

export function pageRoutes(): Hono<Environment> {
  const routes = new Hono<Environment>();
  if (!existsSync(pageFolder)) {
    routes.get("/", (context) =>
      context.text("The Studio is not built yet; run `npm run build` and start the server again."),
    );
    return routes;
  }
  routes.get("/", serveStatic({ root: pageFolder }));
  routes.get(
    "/assets/:file{.+[.]wasm}",
    serveStatic({
      root: pageFolder,
      rewriteRequestPath: (path) => `${path}.gz`,
      onFound(_, context) {
        keepForever(context);
        context.header("content-type", "application/wasm");
        // Every browser unpacks it, also behind a proxy that hides that it does.
        context.header("content-encoding", "gzip");
      },
    }),
  );
  routes.get(
    "/assets/*",
    serveStatic({ root: pageFolder, onFound: (_, context) => keepForever(context) }),
  );
  return routes;
}

/** The assets' names carry a hash of what is in them. */
function keepForever(context: Context): void {
  context.header("cache-control", "public, max-age=31536000, immutable");
}
