/** @file Progress of work in several parts: one bar after the other. */
import type { Progress } from "./progress.js";
import type { Terminal } from "./terminal.js";

/** A new label ends the bar before it. */
export class Bars implements Disposable {
  readonly #terminal: Terminal;
  readonly #linesEvery: number | undefined;
  #label: string | undefined;
  #bar: Progress | undefined;

  /** linesEvery: milliseconds between progress lines in a log file; without it there are none. */
  constructor(terminal: Terminal, linesEvery?: number) {
    this.#terminal = terminal;
    this.#linesEvery = linesEvery;
  }

  of(label: string, unit: string): Progress {
    if (this.#bar && this.#label === label) return this.#bar;
    this[Symbol.dispose]();
    this.#label = label;
    this.#bar = this.#terminal.progress({ label, unit, linesEvery: this.#linesEvery });
    return this.#bar;
  }

  [Symbol.dispose](): void {
    this.#bar?.[Symbol.dispose]();
  }
}
