/** @file The address that a client reached the server at, also through a proxy. */
import type { Context } from "hono";

/** Such as https://pictures.example, from X-Forwarded-Proto and X-Forwarded-Host where a proxy set them. */
export function originOf(context: Context): string {
  const first = (name: string) => context.req.header(name)?.split(",")[0]?.trim();
  const url = new URL(context.req.url);
  const protocol = first("x-forwarded-proto") === "https" ? "https" : url.protocol.slice(0, -1);
  const host = first("x-forwarded-host") ?? url.host;
  return /^[\w.:[\]-]+$/.test(host) ? `${protocol}://${host}` : url.origin;
}
