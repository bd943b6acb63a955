/** @file Numbers for Prometheus: requests, pictures, the queue, and Node's own. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DrawingQueue } from "./queue/drawing-queue.js";

export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "dalle_http_requests_total",
    help: "Requests by route and status",
    labelNames: ["route", "status"],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: "dalle_http_request_seconds",
    help: "Time until the response began, by route",
    labelNames: ["route"],
    buckets: [0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120],
    registers: [this.#registry],
  });
  readonly #pictures = new Counter({
    name: "dalle_pictures_total",
    help: "Pictures drawn",
    registers: [this.#registry],
  });

  constructor(queue: DrawingQueue) {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    new Gauge({
      name: "dalle_queue_waiting",
      help: "Pictures that wait",
      registers,
      collect() {
        this.set(queue.waiting);
      },
    });
    new Gauge({
      name: "dalle_queue_running",
      help: "Pictures being drawn",
      registers,
      collect() {
        this.set(queue.running);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** route: its pattern, so that no request can add a label. */
  countRequest(route: string, status: number, seconds: number): void {
    this.#requests.inc({ route, status: String(status) });
    this.#seconds.observe({ route }, seconds);
  }

  countPicture(): void {
    this.#pictures.inc();
  }

  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}
