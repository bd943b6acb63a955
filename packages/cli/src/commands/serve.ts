/** @file `dalle serve`: an OpenAI-compatible image server, and the Studio page, until it is interrupted. */
import type { RunningServer, ServeOptions } from "@dalle-ts/studio";
import { type Command, Option } from "commander";
import { collect, integer, number, usageError } from "../options.js";
import type { Terminal } from "../terminal.js";

interface Options extends Omit<ServeOptions, "keys" | "bodyLimit" | "onError"> {
  readonly apiKey?: readonly string[];
  /** Megabytes. */
  readonly bodyLimit?: number;
}

const example = `
Examples:
  $ dalle serve                                    then open http://127.0.0.1:8787
  $ dalle serve --port 9000 --model models/mine
  $ dalle serve --host 0.0.0.0 --api-key "$KEY"    for other machines
Any OpenAI Images client works with the base URL http://127.0.0.1:8787/v1. The first Ctrl-C finishes the pictures under
way, the second one ends at once. docs/serve.md says everything else.`;

export function addServe(program: Command, terminal: Terminal): void {
  const command = program
    .command("serve")
    .description("Serve pictures to OpenAI Images clients, and the Studio web page.");
  const add = (flags: string, description: string, parse?: (text: string) => unknown) => {
    const option = new Option(flags, description);
    command.addOption(parse ? option.argParser(parse) : option);
  };
  add("--port <integer>", "0 takes any free one (default: 8787)", integer("--port", 0, 65_535));
  add("--host <address>", "0.0.0.0 opens it to the network (default: 127.0.0.1)");
  add("--model <folder>", "model folder (default: the model that ships with dalle-ts)");
  add("--data <folder>", "where pictures are kept (default: ~/.local/share/dalle-ts)");
  add("--no-history", "keep no pictures");
  command.addOption(
    new Option("--api-key <key>", "key that requests must carry; may be given more than once")
      .env("DALLE_API_KEY")
      .argParser(collect),
  );
  add(
    "--key-limit <integer>",
    "pictures that one key may have under way (default: no limit)",
    integer("--key-limit", 1, 1_000_000),
  );
  add(
    "--queue <integer>",
    "pictures that may wait; more are refused (default: 64)",
    integer("--queue", 1, 100_000),
  );
  add(
    "--batch <integer>",
    "pictures drawn together; changes the speed only (default: 16)",
    integer("--batch", 1, 64),
  );
  command.addOption(
    new Option(
      "--cors <origin>",
      'other page that may use the server, or "*"; repeatable',
    ).argParser((text: string, previous?: readonly string[]) => collect(originOf(text), previous)),
  );
  add("--public-url <url>", "address behind a proxy that does not tell it");
  command.addOption(
    new Option("--on-disconnect <what>", "what a client that leaves means for its pictures")
      .choices(["cancel", "finish"])
      .default("cancel"),
  );
  add(
    "--body-limit <megabytes>",
    "largest request (default: 64)",
    integer("--body-limit", 1, 1000),
  );
  add(
    "--request-seconds <number>",
    "time for a client to send its request (default: 60)",
    number("--request-seconds", "a number > 0", (value) => value > 0),
  );
  add(
    "--grace-seconds <number>",
    "time for pictures under way when the server stops (default: 30)",
    number("--grace-seconds", "a number >= 0", (value) => value >= 0),
  );
  add("--runs <folder>", "training runs to show in the Studio (default: runs)");
  command
    .addHelpText("after", example)
    .action((options: Options) =>
      terminal.interruptible((signal) => serveUntil(signal, options, terminal)),
    );
}

async function serveUntil(
  signal: AbortSignal,
  { apiKey, bodyLimit, publicUrl, ...options }: Options,
  terminal: Terminal,
): Promise<void> {
  const { publicAddress, serve, usableKey } = await import("@dalle-ts/studio");
  const server = await serve({
    ...options,
    keys: apiKey?.map((key) => usableKey(key, "--api-key (or DALLE_API_KEY)")),
    ...(publicUrl !== undefined && { publicUrl: publicAddress(publicUrl, "--public-url") }),
    ...(bodyLimit !== undefined && { bodyLimit: bodyLimit * 1e6 }),
    onError: (error) => terminal.note(`A request failed: ${error.stack ?? error.message}`),
  });
  try {
    const { url } = server;
    await terminal.print({
      text: [`Studio: ${url}`, `OpenAI base URL: ${url}/v1`],
      json: { url, baseUrl: `${url}/v1` },
    });
    await untilStopped(server, signal);
  } finally {
    if (signal.aborted)
      terminal.note("Finishing what is under way; interrupt again to end at once.");
    await server.close();
  }
}

/** Resolves at the interrupt, and rejects if the model cannot be loaded. */
function untilStopped(server: RunningServer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    server.ready.catch(reject);
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

/** "https://app.example" → itself; a path behind it would never match. */
function originOf(text: string): string {
  if (text === "*") return text;
  const origin = URL.canParse(text) ? new URL(text).origin : "null";
  if (origin !== text) throw usageError("--cors", "an origin such as https://app.example", text);
  return origin;
}
