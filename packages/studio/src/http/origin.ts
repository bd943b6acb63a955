/**
 * @file Which pages may use the server. A browser sends requests for any page that asks it to, also to this machine: so a
 * request that names an origin must come from this server's own page or a listed one, and while the server is bound to
 * this machine alone it must be addressed as such, which a page that resolves its own name to 127.0.0.1 cannot do.
 */
import type { MiddlewareHandler } from "hono";
import { ApiError } from "./api-error.js";

export interface OriginOptions {
  /** Origins such as https://app.example, or "*" for any. */
  readonly allowed: readonly string[];
  /** Whether the server is bound to this machine alone. */
  readonly isLoopback: boolean;
  readonly publicUrl: string | undefined;
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export function checkOrigin({ allowed, isLoopback, publicUrl }: OriginOptions): MiddlewareHandler {
  const publicHost = publicUrl && new URL(publicUrl).host;
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    if (isLoopback && host !== publicHost && !LOOPBACK_HOST.test(host)) {
      throw new ApiError(
        403,
        "This server answers to localhost only; start it with --public-url to give it another name.",
        { code: "host_not_allowed" },
      );
    }
    const origin = context.req.header("origin");
    const isListed = origin === undefined || allowed.includes("*") || allowed.includes(origin);
    const from = origin === undefined ? "" : hostOf(origin);
    if (!isListed && (from === "" || ![host, publicHost].includes(from))) {
      throw new ApiError(
        403,
        "Pages of this origin may not use the server; start it with --cors to allow them.",
        { code: "origin_not_allowed" },
      );
    }
    return next();
  };
}

/** "null", the origin of sandboxed pages and local files, has none. */
function hostOf(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return "";
  }
}
