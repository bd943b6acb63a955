/** @file API keys: only their hashes are kept, and every comparison takes the same time. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Environment } from "../services.js";
import { ApiError } from "./api-error.js";

/** The owner of requests where no key is asked for. */
const ANYBODY = "anybody";

/** Without keys every request passes, whatever key it carries. */
export function requireKey(keys: readonly string[]): MiddlewareHandler<Environment> {
  const hashes = keys.map(hashOf);
  return async (context, next) => {
    if (hashes.length === 0) {
      context.set("owner", ANYBODY);
      return next();
    }
    const [, given] = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "") ?? [];
    if (given === undefined) {
      throw new ApiError(401, "This server asks for a key; send it as `Authorization: Bearer …`.", {
        code: "missing_api_key",
      });
    }
    const hash = hashOf(given);
    const matches = hashes.filter((known) => timingSafeEqual(known, hash));
    if (matches.length === 0) {
      throw new ApiError(401, "The key is not one of this server's; check it.", {
        code: "invalid_api_key",
      });
    }
    context.set("owner", hash.toString("hex").slice(0, 12));
    return next();
  };
}

const hashOf = (key: string): Buffer => createHash("sha256").update(key).digest();
