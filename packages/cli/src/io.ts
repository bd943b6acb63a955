/** @file What a command touches of its process; tests pass their own. */

export interface Io {
  /** Results; a terminal that can show pictures gets those too. */
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Messages and progress; a terminal gets a moving bar. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Emits what asks the process to stop. */
  readonly signals: {
    once(signal: NodeJS.Signals, listener: () => void): unknown;
    removeListener(signal: NodeJS.Signals, listener: () => void): unknown;
  };
}

export const processIo: Io = { stdout: process.stdout, stderr: process.stderr, signals: process };
