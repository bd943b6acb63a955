/** @file The gallery: search, favourites, deleting, and everything in one file. */
import { Hono } from "hono";
import { z } from "zod";
import { ApiError, invalid } from "../http/api-error.js";
import { readBody } from "../http/body.js";
import type { Library } from "../library/library.js";
import type { Environment, Services } from "../services.js";
import { exportLibrary } from "./export-library.js";

const count = (high: number) => z.coerce.number().int().min(0).max(high);
const query = z.object({
  words: z.string().max(200).default(""),
  favourites: z.enum(["true", "false"]).default("false"),
  skip: count(1e9).default(0),
  limit: count(200).default(50),
});

export function libraryRoutes({ library }: Services): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/pictures", (context) => {
    const result = query.safeParse(context.req.query());
    if (!result.success) {
      const [{ path, message }] = result.error.issues as [z.core.$ZodIssue];
      throw invalid(path.join("."), message, context.req.query(String(path[0])));
    }
    const { favourites, ...search } = result.data;
    return context.json({
      pictures: kept(library).search({ ...search, favourites: favourites === "true" }),
    });
  });
  routes.patch("/pictures/:id", async (context) => {
    const { favourite } = (await readBody(context)).fields;
    if (typeof favourite !== "boolean") throw invalid("favourite", "true or false", favourite);
    const id = context.req.param("id");
    if (!kept(library).setFavourite(id, favourite)) throw unknownPicture();
    return context.json(kept(library).get(id)!);
  });
  routes.delete("/pictures/:id", async (context) => {
    if (!(await kept(library).delete(context.req.param("id")))) throw unknownPicture();
    return context.body(null, 204);
  });
  routes.get("/export", (context) =>
    context.body(exportLibrary(kept(library)), 200, {
      "content-type": "application/x-tar",
      "content-disposition": 'attachment; filename="dalle-pictures.tar"',
    }),
  );
  return routes;
}

function kept(library: Library | undefined): Library {
  if (library) return library;
  throw new ApiError(404, "This server keeps no pictures; start it without --no-history.", {
    code: "no_history",
  });
}

const unknownPicture = () =>
  new ApiError(404, "There is no such picture; it may have been deleted.", {
    code: "picture_not_found",
  });
