/**
 * @file Requests that wait for the model. Whatever waits when the model is free is drawn together in one batch, taken in
 * turn from each request, so that a large one does not hold up a small one: a new request joins at the next picture.
 */
import { DalleError } from "@dalle-ts/tensor";
import type { StreamEvent } from "dalle-ts";
import type { Batch, Engine } from "../engine/engine.js";
import type { EngineOrder } from "../engine/messages.js";
import { pickBatch } from "./pick-batch.js";
import { QueueFullError } from "./queue-full-error.js";

export interface QueueOptions {
  /** Pictures that may wait; more are refused. A request that finds nobody waiting may be larger. */
  readonly limit: number;
  /** Pictures, times their candidates, that are drawn together at most. */
  readonly batch: number;
}

export interface Job {
  readonly orders: readonly EngineOrder[];
  /** Cancels at the next code. */
  readonly signal?: AbortSignal;
  /** `index` of an event is the place among the orders. */
  readonly onEvent: (event: StreamEvent) => void;
  /** Told when the number of pictures to be drawn before this request's first changes. */
  readonly onPosition?: (picturesBefore: number) => void;
}

/** A hundredth of what a picture takes: who comes too late for a batch waits for all of it. */
const GATHERING_STEP_MILLISECONDS = 5;
const LONGEST_GATHERING_MILLISECONDS = 40;

/** A job under way. */
export interface QueuedJob extends Job {
  /** Orders that no batch has taken yet begin here. */
  next: number;
  /** Orders whose batch has not ended. */
  running: number;
  readonly finish: (error?: Error) => void;
}

interface Taken {
  readonly job: QueuedJob;
  readonly index: number;
}

export class DrawingQueue {
  readonly #engine: Engine;
  readonly #options: QueueOptions;
  #jobs: QueuedJob[] = [];
  #taken: readonly Taken[] = [];
  #batch: Batch | undefined;
  #isPumping = false;
  /** Smoothed; unknown before the first picture. */
  #secondsPerPicture = 1;
  #progress = { done: 0, total: 0 };

  constructor(engine: Engine, options: QueueOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Pictures that wait. */
  get waiting(): number {
    return this.#jobs.reduce((sum, { orders, next }) => sum + orders.length - next, 0);
  }

  /** Pictures that are being drawn. */
  get running(): number {
    return this.#taken.filter(({ job }) => this.#jobs.includes(job)).length;
  }

  get limit(): number {
    return this.#options.limit;
  }

  /** Codes of the batch under way. */
  get progress(): { readonly done: number; readonly total: number } {
    return this.#progress;
  }

  /** Seconds until the pictures that wait now should be drawn. */
  get secondsToDrain(): number {
    return (this.waiting + this.running) * this.#secondsPerPicture;
  }

  /** Throws a `QueueFullError` at once, or resolves when all pictures of the job are drawn. */
  draw(job: Job): Promise<void> {
    const { waiting } = this;
    if (waiting > 0 && waiting + job.orders.length > this.#options.limit) {
      throw new QueueFullError(`${waiting} pictures`, this.secondsToDrain);
    }
    return new Promise<void>((resolve, reject) => {
      const cancel = () => this.#cancel(queued);
      const queued: QueuedJob = {
        ...job,
        next: 0,
        running: 0,
        finish: (error) => {
          job.signal?.removeEventListener("abort", cancel);
          this.#jobs = this.#jobs.filter((each) => each !== queued);
          if (error) reject(error);
          else resolve();
        },
      };
      if (job.signal?.aborted) return queued.finish(cancelledError(job.signal));
      job.signal?.addEventListener("abort", cancel);
      this.#jobs.push(queued);
      this.#tellPositions();
      void this.#pump();
    });
  }

  /** Cancels every job. */
  cancelAll(reason: Error): void {
    for (const job of this.#jobs) this.#cancel(job, reason);
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      await this.#gather();
      while (this.waiting > 0) await this.#drawBatch();
    } finally {
      this.#isPumping = false;
      this.#taken = [];
    }
  }

  /** Clients that send at the same time arrive one after the other: waits while more come, for a moment. */
  async #gather(): Promise<void> {
    const end = performance.now() + LONGEST_GATHERING_MILLISECONDS;
    for (let before = 0; this.waiting > before && performance.now() < end; ) {
      before = this.waiting;
      await new Promise((resolve) => setTimeout(resolve, GATHERING_STEP_MILLISECONDS));
    }
  }

  async #drawBatch(): Promise<void> {
    const taken = pickBatch(this.#jobs, this.#options.batch);
    const failures = await this.#drawTogether(taken);
    for (const { job } of taken) {
      job.running--;
      if (!this.#jobs.includes(job)) continue;
      const failure = failures.get(job);
      if (failure) job.finish(failure);
      else if (job.next === job.orders.length && job.running === 0) job.finish();
    }
  }

  /** → why, for each request whose pictures could not be drawn. */
  async #drawTogether(taken: readonly Taken[]): Promise<ReadonlyMap<QueuedJob, Error>> {
    this.#taken = taken;
    this.#tellPositions();
    const started = performance.now();
    const whole = new Set<Taken>();
    let failure: Error | undefined;
    try {
      this.#batch = this.#engine.draw(
        taken.map(({ job, index }) => job.orders[index]!),
        {
          onEvent: (event) => {
            const { job, index } = taken[event.index]!;
            if (event.type === "image") whole.add(taken[event.index]!);
            if (this.#jobs.includes(job)) job.onEvent({ ...event, index });
          },
          onProgress: (done, total) => {
            this.#progress = { done, total };
          },
        },
      );
      await this.#batch.done;
      // Pictures that were given up took less time than others will.
      if (taken.every(({ job }) => this.#jobs.includes(job))) {
        const seconds = (performance.now() - started) / 1000 / taken.length;
        this.#secondsPerPicture += (seconds - this.#secondsPerPicture) / 4;
      }
    } catch (error) {
      failure = error as Error;
    }
    this.#progress = { done: 0, total: 0 };
    if (!failure) return new Map();
    const jobs = new Set(taken.map(({ job }) => job));
    if (jobs.size > 1 && mayBeOfOneRequest(failure)) {
      return this.#drawApart(taken.filter((each) => !whole.has(each)));
    }
    return new Map([...jobs].map((job) => [job, failure]));
  }

  /** One request after the other, so that one that cannot be drawn does not fail the others of its batch. */
  async #drawApart(taken: readonly Taken[]): Promise<ReadonlyMap<QueuedJob, Error>> {
    const failures = new Map<QueuedJob, Error>();
    for (const job of new Set(taken.map((each) => each.job))) {
      if (!this.#jobs.includes(job)) continue; // cancelled meanwhile
      const failed = await this.#drawTogether(taken.filter((each) => each.job === job));
      if (failed.has(job)) failures.set(job, failed.get(job)!);
    }
    return failures;
  }

  #cancel(job: QueuedJob, reason = cancelledError(job.signal)): void {
    for (const [place, taken] of this.#taken.entries()) {
      if (taken.job === job) this.#batch?.giveUp(place);
    }
    job.finish(reason);
    this.#tellPositions();
  }

  #tellPositions(): void {
    let before = this.running;
    for (const { orders, next, running, onPosition } of this.#jobs) {
      if (running === 0) onPosition?.(before);
      before += orders.length - next;
    }
  }
}

/** A process that ended, or that is being closed, ends every request. */
function mayBeOfOneRequest(error: Error): boolean {
  return !(error instanceof DalleError && (error.code === "native" || error.code === "disposed"));
}

function cancelledError(signal: AbortSignal | undefined): Error {
  return new DalleError("aborted", "The request was cancelled; send it again to get the picture.", {
    cause: signal?.reason,
  });
}
