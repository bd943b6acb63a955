/** @file A static file server with ranges for tests; what it sends can be broken on purpose. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

export interface StaticServerOptions {
  /** Whether pages may use threads. @default true */
  readonly isolated?: boolean;
  /** Folders by the path they are served under; the longest path wins. */
  readonly folders: Readonly<Record<string, string>>;
}

export interface Request {
  readonly path: string;
  /** Of a range request. */
  readonly range: string | undefined;
}

/** What is sent for a request instead of the file. */
export interface Answer {
  /** The whole file, of which a range is cut out. */
  readonly file?: Buffer;
  /** Close the connection after this byte of the file. */
  readonly cutAfter?: number;
  /** Send the whole file whatever range was asked for. */
  readonly ignoreRange?: boolean;
  readonly status?: number;
  /** With a status of 300 and more: where the file is. */
  readonly location?: string;
  /** Seconds that browsers may take this answer for the current one, as many hosts allow. @default nothing is said */
  readonly maxAge?: number;
}

/** Undefined serves the request well. */
export type Fault = (request: Request, file: Buffer) => Answer | undefined;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

export class StaticServer implements AsyncDisposable {
  /** Every request since the list was emptied. */
  readonly requests: Request[] = [];
  fault: Fault | undefined;
  readonly #options: StaticServerOptions;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error) => response.destroy(error));
  });

  private constructor(options: StaticServerOptions) {
    this.#options = options;
  }

  static async start(options: StaticServerOptions): Promise<StaticServer> {
    const server = new StaticServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** Ends in a slash. */
  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(message.url!, this.address).pathname);
    const request = { path, range: message.headers.range };
    this.requests.push(request);
    const file = await readFile(this.#locate(path)).catch(() => undefined);
    if (!file) return void response.writeHead(404).end();
    const answer = this.fault?.(request, file) ?? {};
    const send = answer.file ?? file;
    const asked = Number(/^bytes=(\d+)-$/.exec(request.range ?? "")?.[1] ?? 0);
    const start = answer.ignoreRange ? 0 : asked;
    response.writeHead(answer.status ?? (start > 0 ? 206 : 200), {
      "Content-Type": types[extname(path) || ".html"] ?? "application/octet-stream",
      "Content-Length": send.length - start,
      ...(start > 0 && { "Content-Range": `bytes ${start}-${send.length - 1}/${send.length}` }),
      ...(answer.location !== undefined && { Location: answer.location }),
      ...(answer.maxAge !== undefined && { "Cache-Control": `max-age=${answer.maxAge}` }),
      ...(this.#options.isolated !== false && {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      }),
    });
    if (answer.cutAfter === undefined) response.end(send.subarray(start));
    else {
      response.write(send.subarray(start, answer.cutAfter));
      // A browser forgets what it has not read yet when the connection breaks.
      setTimeout(() => response.destroy(), 500);
    }
  }

  #locate(path: string): string {
    const prefix = Object.keys(this.#options.folders)
      .filter((each) => path.startsWith(each))
      .sort((a, b) => b.length - a.length)[0];
    const inside = normalize(path.slice(prefix?.length ?? 0) || "index.html");
    return join(this.#options.folders[prefix ?? "/"]!, inside);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
