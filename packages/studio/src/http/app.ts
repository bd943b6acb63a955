/** @file The HTTP application: its middleware, its routes, and what becomes of errors. Knows of no sockets. */
import { randomUUID } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { imagesRoutes } from "../openai/images.js";
import { webuiRoutes } from "../sdapi/routes.js";
import type { Environment, Services } from "../services.js";
import { libraryRoutes } from "../studio/library-routes.js";
import { modelRoutes } from "../studio/model-routes.js";
import { pageRoutes } from "../studio/page-routes.js";
import { pictureRoutes } from "../studio/picture-routes.js";
import { questionRoutes } from "../studio/question-routes.js";
import { runRoutes } from "../studio/run-routes.js";
import { statusRoutes } from "../studio/status-routes.js";
import { ApiError, reported } from "./api-error.js";
import { requireKey } from "./keys.js";
import { checkOrigin, type OriginOptions } from "./origin.js";

export interface AppOptions extends OriginOptions {
  readonly keys: readonly string[];
  /** Largest body in bytes. */
  readonly bodyLimit: number;
}

export function buildApp(services: Services, options: AppOptions): Hono<Environment> {
  const app = new Hono<Environment>();
  app.use(requestId, counted(services), secureHeaders(headers));
  if (options.allowed.length > 0) app.use(allowOrigins(options.allowed));
  app.use(checkOrigin(options));
  const limited = limitBody(options.bodyLimit); // holds what it reads: only for who has a key
  app.use("/sdapi/*", requireKey(options.keys, { basic: true }), limited);
  const withKey = requireKey(options.keys);
  for (const path of ["/v1/*", "/api/*", "/metrics"]) app.use(path, withKey, limited);
  for (const path of ["/v1/*", "/sdapi/*"]) app.use(path, refuseWhileStopping(services));

  app.route("/v1", imagesRoutes(services));
  app.route("/sdapi/v1", webuiRoutes(services));
  app.route("/api", statusRoutes(services));
  app.route("/api", questionRoutes(services));
  app.route("/api", libraryRoutes(services));
  app.route("/api", runRoutes(services));
  app.route("/api", modelRoutes(services));
  app.route("/", pictureRoutes(services));
  app.get("/health", (context) => {
    const { status, code } = healthOf(services);
    const { waiting, running, limit } = services.queue;
    const { name, hash } = services.model;
    return context.json(
      { status, model: { name, hash }, queue: { waiting, running, limit } },
      code,
    );
  });
  app.get("/metrics", async (context) =>
    context.body(await services.metrics.text(), 200, {
      "content-type": services.metrics.contentType,
    }),
  );
  app.route("/", pageRoutes());

  app.notFound((context) => {
    const error = new ApiError(
      404,
      `There is no ${context.req.method} ${context.req.path.slice(0, 100)} here; see docs/serve.md.`,
      { code: "not_found" },
    );
    return context.json(error.body, error.status);
  });
  app.onError((error, context) => {
    const told = reported(error, services.onError);
    const { retryAfterSeconds } = told.details;
    if (retryAfterSeconds !== undefined) context.header("Retry-After", String(retryAfterSeconds));
    return context.json(told.body, told.status);
  });
  return app;
}

/**
 * The page's scripts come from the page's own files, WebAssembly among them; its pictures also from memory. Isolated from
 * other origins, it may use threads.
 */
const headers: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    imgSrc: ["'self'", "data:", "blob:"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
  crossOriginResourcePolicy: "cross-origin",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginEmbedderPolicy: "require-corp",
  referrerPolicy: "no-referrer",
  strictTransportSecurity: false, // for the proxy to say, of the whole name
};

const requestId: MiddlewareHandler = async (context, next) => {
  context.header("x-request-id", randomUUID());
  await next();
};

function allowOrigins(allowed: readonly string[]): MiddlewareHandler {
  return cors({
    origin: allowed.includes("*") ? "*" : [...allowed], // of a list, each must be the page's own
    exposeHeaders: ["x-request-id", "retry-after"],
  });
}

function counted({ metrics }: Services): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const seconds = (performance.now() - started) / 1000;
    metrics.countRequest(routePath(context, -1), context.res.status, seconds);
  };
}

function limitBody(maxSize: number): MiddlewareHandler<Environment> {
  return bodyLimit({
    maxSize,
    onError: () => {
      const megabytes = Math.round(maxSize / 1e6);
      throw new ApiError(413, `The body is larger than ${megabytes} MB; send smaller pictures.`, {
        code: "body_too_large",
      });
    },
  });
}

function refuseWhileStopping(services: Services): MiddlewareHandler<Environment> {
  return async (context, next) => {
    if (services.isStopping() && context.req.method === "POST") {
      throw new ApiError(503, "The server is stopping; try again in a moment.", {
        code: "stopping",
        retryAfterSeconds: 5,
      });
    }
    return next();
  };
}

function healthOf({ engine, isStopping }: Services): { status: string; code: 200 | 503 } {
  if (isStopping()) return { status: "stopping", code: 503 };
  return { status: engine.state, code: engine.state === "ready" ? 200 : 503 };
}
