/** @file The refusal of a request because too many wait. */

export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
  /** After which to try again, in [1, 60]. */
  readonly retryAfterSeconds: number;

  /** waiting: such as "16 pictures". */
  constructor(waiting: string, secondsToDrain: number) {
    const seconds = Math.min(60, Math.max(1, Math.ceil(secondsToDrain)));
    super(`${waiting} are waiting already; try again in ${seconds} s.`);
    this.retryAfterSeconds = seconds;
  }
}
