/**
 * @file `npm run bench:serve`: the server with the bundled model, over HTTP. Sixteen clients at once against one after the
 * other, in alternating rounds; /health while it draws; memory over many requests. A table and one JSON line.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@dalle-ts/studio";

const CLIENTS = 16;
const ROUNDS = Number(process.argv[2] ?? 3);
/** For the memory; 0 leaves that out. */
const REQUESTS = Number(process.argv[3] ?? 500);
const HEALTH_EVERY_MILLISECONDS = 20;
const captions = ["a red cube", "a large blue ball", "a small green cone", "a yellow cylinder"];

const data = await mkdtemp(join(tmpdir(), "dalle-bench-"));
const server = await serve({ port: 0, data });
await server.ready;
await draw(0); // warms up

const sequential: number[] = [];
const concurrent: number[] = [];
const health: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const seeds = Array.from({ length: CLIENTS }, (_, client) => round * CLIENTS + client);
  sequential.push(
    await secondsOf(async () => {
      for (const seed of seeds) await draw(seed);
    }),
  );
  concurrent.push(await secondsOf(() => Promise.all(seeds.map(draw))));
}
// By itself: the asking takes its share of the machine.
await whileAskingHealth(() =>
  Promise.all(Array.from({ length: CLIENTS }, (_, seed) => draw(seed))),
);
const memory = REQUESTS > 0 ? await measureMemory() : undefined;
await server.close();
await rm(data, { recursive: true });

const [one, all] = [median(sequential), median(concurrent)];
const result = {
  [`s for ${CLIENTS}, one after the other`]: rounded(one),
  [`s for ${CLIENTS} at once`]: rounded(all),
  "times as fast": rounded(one / all),
  "ms /health p50": rounded(quantile(health, 0.5)),
  "ms /health p99": rounded(quantile(health, 0.99)),
};
console.table([result]);
if (memory) console.table(memory);
console.log(
  JSON.stringify({ sequential, concurrent, healthAsked: health.length, ...result, memory }),
);

async function draw(seed: number): Promise<void> {
  const response = await fetch(`${server.url}/v1/images/generations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt: captions[seed % captions.length], seed }),
  });
  const { data } = (await response.json()) as { data?: { b64_json?: string }[] };
  if (!data?.[0]?.b64_json) throw new Error(`Request ${seed} was lost: ${response.status}.`);
}

async function whileAskingHealth(job: () => Promise<unknown>): Promise<void> {
  let isRunning = true;
  const asking = (async () => {
    while (isRunning) {
      health.push(
        1000 * (await secondsOf(() => fetch(`${server.url}/health`).then((r) => r.text()))),
      );
      await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MILLISECONDS));
    }
  })();
  await job();
  isRunning = false;
  await asking;
}

/** Megabytes of both processes after each hundred requests, 16 at a time. */
async function measureMemory() {
  const rows: { requests: number; "MB server and client": number; "MB model": number }[] = [];
  for (let requests = 0; requests < REQUESTS; ) {
    const size = Math.min(CLIENTS, REQUESTS - requests);
    await Promise.all(Array.from({ length: size }, (_, client) => draw(requests + client)));
    requests += size;
    if (requests % 96 > 0 && requests < REQUESTS) continue;
    rows.push({
      requests,
      "MB server and client": rounded(process.memoryUsage.rss() / 1e6),
      "MB model": rounded(await residentMegabytes()),
    });
  }
  return rows;
}

/** Of the only child of this process; Linux tells. */
async function residentMegabytes(): Promise<number> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, "utf8");
  const status = await readFile(`/proc/${children.trim().split(" ")[0]}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1000;
}

async function secondsOf(job: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await job();
  return (performance.now() - started) / 1000;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
