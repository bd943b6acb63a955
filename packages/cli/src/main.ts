/** @file The entry of the `dalle` command. */
import { run } from "./run.js";

// A reader that has seen enough (`dalle … | head`) closes the pipe, and whoever goes away the terminal: no failures to report.
const noReader = ["EPIPE", "EIO"];
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!noReader.includes(error.code ?? "")) throw error;
  });
}
process.exitCode = await run(process.argv.slice(2));
