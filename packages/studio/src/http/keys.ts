/** @file API keys: only their hashes are kept, and every comparison takes the same time. */
import { createHash, timingSafeEqual } from "node:crypto";
import { badOption } from "@dalle-ts/tensor";
import type { MiddlewareHandler } from "hono";
import type { Environment } from "../services.js";
import { ApiError } from "./api-error.js";

/** The owner of requests where no key is asked for. */
const ANYBODY = "anybody";

interface KeyOptions {
  /** Also as HTTP's Basic scheme, with the key as password or alone. @default false */
  readonly basic?: boolean;
}

/**
 * The key itself. Throws where no client could send it, which would lock the server, and where it is empty, which would open it.
 * option: what it is called there.
 */
export function usableKey(key: string, option: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw badOption(
    option,
    "a key of printable ASCII characters without blanks",
    key.trim() && "another",
  );
}

/** Without keys every request passes, whatever key it carries. */
export function requireKey(
  keys: readonly string[],
  { basic = false }: KeyOptions = {},
): MiddlewareHandler<Environment> {
  const hashes = keys.map(hashOf);
  return async (context, next) => {
    if (hashes.length === 0) {
      context.set("owner", ANYBODY);
      return next();
    }
    const header = context.req.header("authorization") ?? "";
    const [, bearer] = /^Bearer +(\S+)$/i.exec(header) ?? [];
    const given = bearer === undefined ? (basic ? basicKeys(header) : []) : [bearer];
    if (given.length === 0) {
      throw new ApiError(401, "This server asks for a key; send it as `Authorization: Bearer …`.", {
        code: "missing_api_key",
      });
    }
    const matches = given
      .map(hashOf)
      .filter((hash) => hashes.filter((known) => timingSafeEqual(known, hash)).length > 0);
    if (matches.length === 0) {
      throw new ApiError(401, "The key is not one of this server's; check it.", {
        code: "invalid_api_key",
      });
    }
    context.set("owner", matches[0]!.toString("hex").slice(0, 12));
    return next();
  };
}

/** "user:key", ":key", "key:" or "key" in base64; a key may itself hold a colon. */
function basicKeys(header: string): string[] {
  const [, base64] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header) ?? [];
  if (base64 === undefined) return [];
  const text = Buffer.from(base64, "base64").toString();
  const password = text.slice(text.indexOf(":") + 1);
  return [text, password === "" ? text.slice(0, -1) : password];
}

const hashOf = (key: string): Buffer => createHash("sha256").update(key).digest();
