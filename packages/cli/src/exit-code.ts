/**
 * @file The one place where errors become exit codes: 1 the work failed, 2 the command was used wrongly, 130 it was stopped, as
 * shells say of Ctrl-C.
 */
import { DalleError } from "@dalle-ts/tensor";
import { CommanderError } from "commander";

export interface Failure {
  readonly exitCode: 1 | 2 | 130;
  /** For programs: a `DalleErrorCode`, "usage" or "unexpected". */
  readonly code: string;
  /** One sentence that ends with the next step. */
  readonly message: string;
}

/** What to say and return for `error`; undefined when it only carries help that was asked for. `command`: "dalle generate". */
export function failureOf(error: unknown, command: string): Failure | undefined {
  if (error instanceof CommanderError) return usageFailure(error, command);
  if (error instanceof DalleError) {
    const { code, message } = error;
    if (code === "aborted") return { exitCode: 130, code, message };
    if (code !== "bad_option") return { exitCode: 1, code, message };
    return { exitCode: 2, code, message: withNextStep(message, command) };
  }
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === "ENOENT" && path !== undefined) {
    return { exitCode: 1, code: "io", message: `${path} does not exist; check the path.` };
  }
  const reason = String((error as Error)?.message ?? error).split("\n")[0]!;
  return error instanceof Error && "syscall" in error
    ? {
        exitCode: 1,
        code: "io",
        message: `${reason}; check the path, its permissions and free space.`,
      }
    : {
        exitCode: 1,
        code: "unexpected",
        message: `Something went wrong that should not (${reason}); run it again with --debug and report what that prints.`,
      };
}

function usageFailure(error: CommanderError, command: string): Failure | undefined {
  if (error.exitCode === 0) return undefined;
  if (error.code === "commander.help")
    return { exitCode: 2, code: "usage", message: withNextStep("No command was named", command) };
  const sentence = error.message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .replace(". Expected", ": expected")
    .replace(/\.$/, "");
  return { exitCode: 2, code: "usage", message: withNextStep(sentence, command) };
}

/** Errors about options say what was expected, and only the command line knows where to read more. */
function withNextStep(message: string, command: string): string {
  return /[.?]$/.test(message) ? message : `${message}; see \`${command} --help\`.`;
}
