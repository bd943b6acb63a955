/** @file Progress bars on a terminal. Elsewhere nothing is shown, but long work may ask for a line now and then. */
import cliProgress, { type GenericFormatter, SingleBar } from "cli-progress";

export interface ProgressStyle {
  /** What is being done: "training". */
  readonly label: string;
  /** What is counted: "steps". */
  readonly unit: string;
  /** Milliseconds between lines where stderr is a file or a pipe. @default none are written */
  readonly linesEvery?: number;
}

/** Hold it with `using`, and `return await` what it accompanies: a bar that is never disposed keeps the process alive. */
export interface Progress extends Disposable {
  /** `details` is shown behind the numbers: "loss 0.123". Steps done before this session do not count for the rate. */
  update(done: number, total: number, details?: string): void;
}

const BAR_SIZE = 24;
/** Updates that the estimate of the time left looks back on: enough to smooth over a slow sample sheet. */
const ETA_UPDATES = 200;

/** The time left is shown once there is an estimate: before, and at the end, it is a word and no number. */
function formatOf(label: string, unit: string): GenericFormatter {
  const known = `${label} {bar} {value}/{total} ${unit}{details}`;
  return (options, params, payload) => {
    const format = Number(params.eta) > 0 ? `${known} · {eta_formatted} left` : known;
    return cliProgress.Format.Formatter({ ...options, format }, params, payload);
  };
}

export function openProgress(
  stream: NodeJS.WritableStream,
  { label, unit, linesEvery }: ProgressStyle,
): Progress {
  const bar = new SingleBar({
    stream,
    format: formatOf(label, unit),
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: BAR_SIZE,
    etaBuffer: ETA_UPDATES,
    clearOnComplete: true,
    // Neither the cursor nor wrapping is switched off: an interrupt that ends the process could not switch it on again.
    hideCursor: false,
    linewrap: true,
    gracefulExit: false,
    noTTYOutput: linesEvery !== undefined,
    notTTYSchedule: linesEvery,
  });
  let started = false;
  return {
    update(done, total, details = "") {
      const payload = { details: details && ` · ${details}` };
      if (!started) bar.start(total, done, payload);
      started = true;
      bar.setTotal(total); // one bar may stand for several files
      bar.update(done, payload);
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}
