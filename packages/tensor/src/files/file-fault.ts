/** @file What is wrong with a file, found by code that does not know the file's name; whoever does makes the error. */

/** `message` is the middle of a sentence: "it ends inside tensor …". What it quotes of the file may be of any length. */
export class FileFault extends Error {
  /** What to do, where getting the file again would not help: "unpack it". */
  readonly nextStep: string | undefined;

  constructor(message: string, options?: { readonly cause?: unknown; readonly nextStep?: string }) {
    super(shortened(message), options);
    this.nextStep = options?.nextStep;
  }
}

/** Characters that a sentence keeps in front of what is left out, and behind it. */
const [kept, keptBehind] = [200, 100];

/** Both ends of a text: what quotes a file's names begins and ends with words of ours. */
export function shortened(text: string): string {
  if (text.length <= kept + keptBehind) return text;
  return `${text.slice(0, kept)}…${text.slice(-keptBehind)}`;
}
