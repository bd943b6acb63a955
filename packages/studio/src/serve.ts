/** @file Starts and stops the server: the model's process, the queue, the library, and the socket they answer on. */
import type { Server } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { createAdaptorServer } from "@hono/node-server";
import { bundledModel } from "dalle-ts/parts";
import { Drawings } from "./drawing/drawings.js";
import { OwnerLimits } from "./drawing/owner-limits.js";
import { readServedModel, type ServedModel } from "./drawing/served-model.js";
import { Engine } from "./engine/engine.js";
import { buildApp } from "./http/app.js";
import { usableKey } from "./http/keys.js";
import { publicAddress } from "./http/public-url.js";
import { Library } from "./library/library.js";
import { Metrics } from "./metrics.js";
import { DrawingQueue } from "./queue/drawing-queue.js";

export interface ServeOptions {
  /** 0 takes any free one. @default 8787 */
  readonly port?: number;
  /** Address to bind to; 0.0.0.0 opens the server to the network. @default 127.0.0.1 */
  readonly host?: string;
  /** Model folder. @default the bundled model */
  readonly model?: string;
  /** Folder of the library. @default ~/.local/share/dalle-ts, or below XDG_DATA_HOME */
  readonly data?: string;
  /** Keep pictures and their parameters. @default true */
  readonly history?: boolean;
  /** Keys, of which requests must carry one. @default any key, or none */
  readonly keys?: readonly string[];
  /** Pictures that one key may have waiting or under way. @default no limit */
  readonly keyLimit?: number;
  /** Pictures that may wait; more are refused with 429. @default 64 */
  readonly queue?: number;
  /** Pictures drawn together at most, in [1, 64]; changes the speed only. @default 16 */
  readonly batch?: number;
  /** Origins of other pages that may use the server, or "*". @default none */
  readonly cors?: readonly string[];
  /** Address that clients reach the server at, where a proxy does not say so itself. */
  readonly publicUrl?: string;
  /** A client that leaves cancels its pictures, or has them finished for the library. @default "cancel" */
  readonly onDisconnect?: "cancel" | "finish";
  /** Largest body in bytes. @default 64 MB */
  readonly bodyLimit?: number;
  /** Seconds that a client may take to send its request. @default 60 */
  readonly requestSeconds?: number;
  /** Seconds that pictures under way are given when the server stops. @default 30 */
  readonly graceSeconds?: number;
  /** Folder of training runs, for the Studio. @default runs */
  readonly runs?: string;
  /** Told of failures that are the server's own. @default they are written to stderr */
  readonly onError?: (error: Error) => void;
}

export interface RunningServer {
  /** Such as http://127.0.0.1:8787. */
  readonly url: string;
  /** Resolves when the model is loaded; requests may come before and wait. Rejects if it cannot be. */
  readonly ready: Promise<void>;
  /** Refuses new requests, finishes those under way within the grace, and ends. */
  close(): Promise<void>;
}

/** Pictures that are drawn are still to be encoded and sent when the server stops. */
const SECONDS_FOR_ANSWERS = 10;

/** Where the library is kept when nobody says. */
function defaultDataFolder(): string {
  return join(process.env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "dalle-ts");
}

/** Resolves when the server answers; the model is still being loaded then. */
export async function serve(options: ServeOptions = {}): Promise<RunningServer> {
  const { history = true } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : publicAddress(options.publicUrl);
  for (const key of options.keys ?? []) usableKey(key, "keys");
  const model = await readServedModel(options.model ?? bundledModel);
  const library = history ? Library.open(options.data ?? defaultDataFolder()) : undefined;
  const engine = new Engine(model.folder, model.hash);
  engine.ready.catch(() => undefined); // told by `ready`, by /health and by every request
  const release = async () => {
    await engine.close();
    library?.[Symbol.dispose]();
  };
  try {
    return await start({ model, library, engine, release }, { ...options, publicUrl });
  } catch (error) {
    await release();
    throw error;
  }
}

interface Opened {
  readonly model: ServedModel;
  readonly library: Library | undefined;
  readonly engine: Engine;
  /** Lets the model and the library go. */
  release(): Promise<void>;
}

async function start(
  { model, library, engine, release }: Opened,
  options: ServeOptions,
): Promise<RunningServer> {
  const { port = 8787, host = "127.0.0.1", keys = [], cors = [] } = options;
  const { onError = console.error, graceSeconds = 30, publicUrl } = options;
  const queue = new DrawingQueue(engine, {
    limit: options.queue ?? 64,
    batch: options.batch ?? 16,
  });
  const metrics = new Metrics(queue);
  const limits = new OwnerLimits(options.keyLimit);
  const drawings = new Drawings({ model, queue, limits, library, metrics, onError });
  let isStopping = false;
  const app = buildApp(
    {
      model,
      engine,
      queue,
      drawings,
      library,
      metrics,
      publicUrl,
      onError,
      onDisconnect: options.onDisconnect ?? "cancel",
      runs: options.runs ?? "runs",
      isStopping: () => isStopping,
    },
    {
      keys,
      allowed: cors,
      publicUrl,
      isLoopback: isLoopback(host),
      bodyLimit: options.bodyLimit ?? 64e6,
    },
  );
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      requestTimeout: 1000 * (options.requestSeconds ?? 60),
      connectionsCheckingInterval: 1000,
    },
  }) as Server;
  await listen(server, port, host);
  return {
    url: urlOf(server),
    ready: engine.ready,
    async close() {
      isStopping = true; // who comes now is told to come back
      await atMost(graceSeconds, drawings.settled());
      queue.cancelAll(new DalleError("disposed", "The server stopped; send the request again."));
      await drawings.settled();
      await atMost(SECONDS_FOR_ANSWERS, new Promise((resolve) => server.close(resolve)));
      server.closeAllConnections();
      await release();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): DalleError {
  const reason =
    error.code === "EADDRINUSE"
      ? `Port ${port} of ${host} is taken; stop what runs there, or choose another with --port`
      : error.code === "EACCES"
        ? `Port ${port} is for administrators; choose one from 1024 on with --port`
        : `The server cannot listen at ${host}:${port} (${error.message}); choose another --host or --port`;
  return new DalleError("io", `${reason}.`, { cause: error });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") return String(address);
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

async function atMost(seconds: number, waited: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, 1000 * seconds);
  });
  await Promise.race([waited, timeout]);
  clearTimeout(timer);
}
