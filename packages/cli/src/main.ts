/** @file The entry of the `dalle` command. */
import { run } from "./run.js";

// A reader that has seen enough (`dalle … | head`) closes the pipe, and whoever goes away the terminal: no failures to report.
const noReader = ["EPIPE", "EIO"];
const isLost = ({ code = "" }: NodeJS.ErrnoException) => !noReader.includes(code);
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (!isLost(error)) return;
  process.stderr.write(
    `The result cannot be written to the standard output (${error.message}); make room there, or send it elsewhere.\n`,
    () => process.exit(1),
  );
});
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (isLost(error)) process.exit(1);
});
process.exitCode = await run(process.argv.slice(2));
