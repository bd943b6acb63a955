/** @file One session of a training run on the terminal: resuming, progress, and stopping with a checkpoint. */
import { DalleError } from "@dalle-ts/tensor";
import type { RunPlan, RunResult, TrainOptions } from "@dalle-ts/train";
import { Bars } from "./bars.js";
import type { Interrupt, Terminal } from "./terminal.js";
import { counted } from "./text.js";

export interface TrainRun {
  readonly directory: string;
  /** Of the recipe, a line each; shown when all is found to be right. */
  readonly settings: readonly string[];
  start(
    options: Pick<
      TrainOptions,
      "signal" | "onStart" | "onPrepare" | "onPlan" | "onProgress" | "onWarning"
    >,
  ): Promise<RunResult>;
}

/** Milliseconds between progress lines in a log file. */
const LINES_EVERY = 30_000;

/** Runs to the last step. An interrupt stops it after a step, with a checkpoint, and is an "aborted" error. */
export async function trainRun(terminal: Terminal, run: TrainRun): Promise<RunResult> {
  const { requireTorch } = await import("@dalle-ts/torch");
  requireTorch(); // before pictures are painted, and anything is written
  const { latestCheckpoint } = await import("@dalle-ts/train");
  const found = await latestCheckpoint(run.directory);
  let started = false;
  const result = await trainWithProgress(terminal, run, () => {
    started = true;
    for (const line of run.settings) terminal.note(line);
    terminal.note(found ? `Going on from ${found}.` : `Starting in ${run.directory}.`);
  });
  const { step } = result.state;
  if (!started) {
    terminal.note(
      `${run.directory} is already finished at step ${step}; nothing to do. To train on from it, name it with --from and another run folder with -o.`,
    );
  }
  if (step >= result.steps) return result;
  throw new DalleError(
    "aborted",
    `Stopped after step ${step} of ${result.steps}, saved as ${result.checkpoint}; run the same command again to go on.`,
  );
}

async function trainWithProgress(
  terminal: Terminal,
  run: TrainRun,
  onStart: () => void,
): Promise<RunResult> {
  const controller = new AbortController();
  using bars = new Bars(terminal, LINES_EVERY);
  let interrupt: Interrupt | undefined;
  try {
    return await run.start({
      signal: controller.signal,
      onStart,
      onWarning: (warning) => terminal.note(warning),
      onPlan: (plan) => {
        bars[Symbol.dispose](); // what was painted is painted
        terminal.note(describePlan(plan));
      },
      onPrepare: (what, done, total) => bars.of(what, "pictures").update(done, total),
      onProgress: ({ step, steps, loss, stepsPerSecond }) => {
        // Not earlier: painting does not come up for air, and until the first step there is nothing to save.
        interrupt ??= listenForInterrupt(terminal);
        // Raised here, where a step has just ended, so that this step is the one that the checkpoint holds.
        if (interrupt.signal.aborted) controller.abort();
        const details = `loss ${loss.toFixed(4)} · ${stepsPerSecond.toFixed(2)} steps/s`;
        bars.of("training", "steps").update(step, steps, details);
      },
    });
  } finally {
    interrupt?.[Symbol.dispose]();
  }
}

/** A step, a sample sheet and the checkpoint may take their time: whoever waits for them shall know. */
function listenForInterrupt(terminal: Terminal): Interrupt {
  const interrupt = terminal.listenForInterrupt();
  const tell = () =>
    terminal.hint("Stopping with a checkpoint; another interrupt stops at once, without one.");
  interrupt.signal.addEventListener("abort", tell);
  return interrupt;
}

function describePlan({ steps, minutes, seconds: { step, sheet, checkpoint } }: RunPlan): string {
  const costs = `${step.toPrecision(3)} s a step, ${sheet.toPrecision(2)} s a sheet, ${checkpoint.toPrecision(2)} s a checkpoint`;
  return `${counted(steps, "step is", "steps are")} planned for ${counted(minutes, "minute")}: ${costs}.`;
}
