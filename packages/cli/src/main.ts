/** @file The entry of the `dalle` command. */
import { run } from "./run.js";

// A reader that has seen enough (`dalle … | head`) closes the pipe; that is no failure to report.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
process.exitCode = await run(process.argv.slice(2));
