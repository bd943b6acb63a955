/** @file What is wrong with a file, found by code that does not know the file's name; whoever does makes the error. */

/** `message` is the middle of a sentence: "it ends inside tensor …". */
export class FileFault extends Error {
  /** What to do, where getting the file again would not help: "unpack it". */
  readonly nextStep: string | undefined;

  constructor(message: string, options?: { readonly cause?: unknown; readonly nextStep?: string }) {
    super(message, options);
    this.nextStep = options?.nextStep;
  }
}
