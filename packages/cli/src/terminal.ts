/**
 * @file How commands speak: results on stdout, as text or as one JSON object, everything else on stderr. Also turns an
 * interrupt into an AbortSignal.
 */
import { pictureEscape, pictureProtocol } from "./inline-pictures.js";
import type { Io } from "./io.js";
import { openProgress, type Progress, type ProgressStyle } from "./progress.js";

/** What a command found; `text` for people and `json` for programs say the same. */
export interface CommandResult {
  readonly text: readonly string[];
  readonly json: object;
  /** PNG bytes to show above the text, made only where the terminal can show them. */
  readonly pictures?: () => Promise<readonly Uint8Array[]>;
  /** The command ran, and its answer is "no". @default 0 */
  readonly exitCode?: 0 | 1;
}

/** Aborts its signal at the first interrupt; the second one ends the process. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** What asks a process to stop; the last of them when its terminal closes. */
export const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export class Terminal {
  /** Print one JSON object instead of text. */
  json = false;
  /** Of the result that was printed last. */
  exitCode: 0 | 1 = 0;
  readonly #io: Io;

  constructor(io: Io) {
    this.#io = io;
  }

  /** An action for commander: runs `handler` and prints its result. */
  action<Inputs extends unknown[]>(
    handler: (...inputs: Inputs) => Promise<CommandResult>,
  ): (...inputs: Inputs) => Promise<void> {
    return async (...inputs) => this.print(await handler(...inputs));
  }

  async print({ text, json, pictures, exitCode = 0 }: CommandResult): Promise<void> {
    const protocol = this.json ? undefined : pictureProtocol(this.#io.stdout);
    if (protocol && pictures) {
      for (const png of await pictures()) this.#io.stdout.write(pictureEscape(protocol, png));
    }
    const lines = this.json ? [JSON.stringify(json)] : text.map(harmless);
    this.#io.stdout.write(lines.map((line) => `${line}\n`).join(""));
    this.exitCode = exitCode;
  }

  /** A remark that is not part of the result. */
  note(line: string): void {
    this.#io.stderr.write(`${harmless(line)}\n`);
  }

  /** What only somebody who watches wants to know, as a progress bar. */
  hint(line: string): void {
    if (this.#io.stderr.isTTY) this.note(line);
  }

  progress(style: ProgressStyle): Progress {
    return openProgress(this.#io.stderr, style);
  }

  /** Listens until disposed. Without a listener an interrupt ends the process at once. */
  listenForInterrupt(): Interrupt {
    const controller = new AbortController();
    const stop = () => controller.abort();
    // `once`: with the listener gone, the next signal does what it does by default.
    for (const signal of stopSignals) this.#io.signals.once(signal, stop);
    return {
      signal: controller.signal,
      [Symbol.dispose]: () => {
        for (const signal of stopSignals) this.#io.signals.removeListener(signal, stop);
      },
    };
  }

  /** Runs a job that the first interrupt asks to stop. */
  async interruptible<Result>(job: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    using interrupt = this.listenForInterrupt();
    return await job(interrupt.signal);
  }
}

/** Names of files and captions come from strangers: what would steer the terminal is shown as "\x1b" is written. */
function harmless(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, (control) => {
    const code = control.charCodeAt(0).toString(16).padStart(2, "0");
    return `\\x${code}`;
  });
}
