/**
 * @file The one owner of the model, seen from the server. It draws one batch at a time and answers questions beside it; a
 * process that ends unexpectedly fails both and is started again, after a failed start with a growing pause.
 */
import type { ChildProcess } from "node:child_process";
import { DalleError } from "@dalle-ts/tensor";
import type { StreamEvent } from "dalle-ts";
import type {
  Answer,
  Answers,
  EngineError,
  EngineOrder,
  FromEngine,
  Question,
  ToEngine,
} from "./messages.js";
import { OpenQuestions } from "./open-questions.js";
import { startModelProcess } from "./start-process.js";

export type EngineState = "loading" | "ready" | "failed" | "closed";

export interface BatchListener {
  onEvent(event: StreamEvent): void;
  onProgress?(done: number, total: number): void;
}

export interface Batch {
  /** Rejects if the batch could not be drawn. */
  readonly done: Promise<void>;
  /** Gives up one picture at its next code; where the model is still loading, at its first. */
  giveUp(index: number): void;
}

interface Running extends BatchListener {
  resolve(): void;
  reject(error: Error): void;
}

/** Before the next start after a failed one. */
const SHORTEST_PAUSE_MILLISECONDS = 1000;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

export class Engine {
  readonly #model: string;
  readonly #hash: string | undefined;
  #process: ChildProcess;
  #state: EngineState = "loading";
  #ready: PromiseWithResolvers<void>;
  #running: Running | undefined;
  #batches = 0;
  readonly #questions = new OpenQuestions<Answer>();
  #wasReady = false;
  #pause = SHORTEST_PAUSE_MILLISECONDS;
  #nextStart: NodeJS.Timeout | undefined;

  /** model: path of a model folder. hash: that it must have, at each start. @default any */
  constructor(model: string, hash?: string) {
    this.#model = model;
    this.#hash = hash;
    this.#ready = withResolvers();
    this.#process = this.#start();
  }

  /** Of the process that holds the model. */
  get processId(): number | undefined {
    return this.#process.pid;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Resolves when the model is loaded, rejects with the reason when it cannot be. Another one after each start. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** One batch at a time. */
  draw(orders: readonly EngineOrder[], listener: BatchListener): Batch {
    const batch = this.#batches++;
    const giveUp = (index: number) => this.#tell({ type: "give-up", batch, index });
    // The process would not know what batch these are of before it has heard of it.
    let early: number[] | undefined = [];
    const done = this.ready.then(
      () =>
        new Promise<void>((resolve, reject) => {
          this.#running = { ...listener, resolve, reject };
          this.#tell({ type: "draw", batch, orders });
          early?.forEach(giveUp);
          early = undefined;
        }),
    );
    return {
      done,
      giveUp(index) {
        if (early) early.push(index);
        else giveUp(index);
      },
    };
  }

  /** Questions that have no answer yet. */
  get asking(): number {
    return this.#questions.size;
  }

  /** Beside the batch under way, which it slows a little. Rejects with what `Dalle` throws. */
  ask<Asked extends Question>(question: Asked): Promise<Answers[Asked["ask"]]> {
    const { number, answer } = this.#questions.ask();
    this.ready.then(
      () => this.#tell({ type: "ask", number, question }),
      (error) => this.#questions.refuse(number, error),
    );
    return answer as Promise<Answers[Asked["ask"]]>;
  }

  /** Lets the model go; a batch under way fails. */
  async close(): Promise<void> {
    if (this.#state === "closed") return;
    const wasReady = this.#state === "ready";
    this.#state = "closed";
    clearTimeout(this.#nextStart);
    if (!wasReady)
      this.#neverReady(new DalleError("disposed", "The server was closed; start it again."));
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    if (wasReady) this.#tell({ type: "close" });
    else this.#process.kill("SIGKILL"); // it is still reading files
    await ended;
  }

  #tell(message: ToEngine): void {
    if (this.#process.connected) this.#process.send(message);
  }

  #start(): ChildProcess {
    const child = startModelProcess(this.#model, this.#hash);
    child.on("message", (message: FromEngine) => this.#hear(message));
    child.on("error", (error) => this.#fail({ message: error.message }));
    child.on("exit", () => child === this.#process && this.#ended());
    return child;
  }

  #hear(message: FromEngine): void {
    if (message.type === "ready") {
      this.#state = "ready";
      this.#wasReady = true;
      this.#pause = SHORTEST_PAUSE_MILLISECONDS;
      this.#ready.resolve();
    } else if (message.type === "event") {
      this.#running?.onEvent(message.event);
    } else if (message.type === "progress") {
      this.#running?.onProgress?.(message.done, message.total);
    } else if (message.type === "drawn") {
      const running = this.#running;
      this.#running = undefined;
      running?.resolve();
    } else if (message.type === "answered") {
      this.#questions.answer(message.number, message.answer);
    } else if (message.type === "not-answered") {
      this.#questions.refuse(message.number, errorFrom(message.error));
    } else {
      this.#fail(message.error);
    }
  }

  /** Fails the batch under way, or if the model was still being loaded, the engine. */
  #fail(told: EngineError): void {
    const error = errorFrom(told);
    const running = this.#running;
    this.#running = undefined;
    running?.reject(error);
    if (this.#state !== "loading") return;
    this.#state = "failed";
    this.#neverReady(error);
    // A model that was never loaded is for whoever started the server to mend.
    if (this.#wasReady) this.#restartLater();
  }

  /** Whoever waits for the model is told; nobody need be. */
  #neverReady(error: Error): void {
    this.#ready.promise.catch(() => undefined);
    this.#ready.reject(error);
  }

  #restart(): void {
    this.#state = "loading";
    this.#ready = withResolvers();
    this.#process = this.#start();
  }

  #restartLater(): void {
    this.#process.kill("SIGKILL"); // it may have told of its failure and live on
    this.#nextStart = setTimeout(() => this.#restart(), this.#pause);
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_MILLISECONDS);
  }

  #ended(): void {
    const ended = "The model's process ended; send the request again.";
    this.#questions.refuseAll(new DalleError("native", ended));
    if (this.#state === "ready") {
      const running = this.#running;
      this.#running = undefined;
      this.#restart();
      running?.reject(new DalleError("native", ended));
    } else {
      this.#fail({ code: "native", message: ended });
    }
  }
}

function errorFrom({ code, message }: EngineError): Error {
  return code ? new DalleError(code, message) : new Error(message);
}

interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: Error): void;
}

/** As `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers(): PromiseWithResolvers<void> {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}
