/** @file The routes beside OpenAI's: the gallery, its export, runs, metrics, health, and addresses of pictures. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { readPngMetadata } from "dalle-ts";
import { extract } from "tar-stream";
import { expect, test } from "vitest";
import { jsonOf } from "./support/json-of.js";
import { examplePng, postJson, testServer } from "./support/server.js";

const server = testServer({ onDisconnect: "finish" });
const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
const draw = async (fields: object = {}) =>
  jsonOf(
    postJson(`${server.url}/v1/images/generations`, { prompt: "a small red block", ...fields }),
  );

test("a picture is kept with what draws it again, and goes when it is deleted", async () => {
  const { data } = await draw({ seed: 7, temperature: 0.9, n: 2 });
  const { pictures } = await jsonOf(get("/api/pictures?words=red%20small&limit=2"));
  expect(pictures).toHaveLength(2);
  const kept = pictures.find(({ seed }: { seed: number }) => seed === 8);
  expect(kept).toMatchObject({
    id: data[1].id,
    kind: "generation",
    caption: "a small red block",
    favourite: false,
    settings: { temperature: 0.9, topP: 1, guidance: 1 },
    model: "tiny",
    width: 64,
  });
  const file = new Uint8Array(await (await get(`/pictures/${kept.id}.png`)).arrayBuffer());
  expect(readPngMetadata(file)).toMatchObject({ caption: "a small red block", seed: "8" });
  expect(Buffer.from(file).toString("base64")).toBe(data[1].b64_json);

  const change = { method: "PATCH", headers: { "content-type": "application/json" } };
  const favourite = (value: unknown) =>
    get(`/api/pictures/${kept.id}`, { ...change, body: JSON.stringify({ favourite: value }) });
  expect(await jsonOf(favourite(true))).toMatchObject({ id: kept.id, favourite: true });
  expect((await favourite("yes")).status).toBe(400);
  expect((await jsonOf(get("/api/pictures?favourites=true"))).pictures).toHaveLength(1);
  expect((await get(`/api/pictures/${kept.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await get(`/api/pictures/${kept.id}`, { method: "DELETE" })).status).toBe(404);
  expect((await get(`/pictures/${kept.id}.png`)).status).toBe(404);
});

test.each(["limit=-1", "limit=x", "skip=1e99", "favourites=maybe", `words=${"x".repeat(300)}`])(
  "a search for %s is refused",
  async (query) => {
    expect((await get(`/api/pictures?${query}`)).status).toBe(400);
  },
);

test("everything in one tar file", async () => {
  const { data } = await draw();
  const entries = new Map<string, Buffer>();
  const archive = extract();
  archive.end(Buffer.from(await (await get("/api/export")).arrayBuffer()));
  for await (const entry of archive) entries.set(entry.header.name, await buffer(entry));
  expect(entries.get(`${data[0].id}.png`)?.toString("base64")).toBe(data[0].b64_json);
  const lines = entries.get("pictures.jsonl")!.toString().trim().split("\n");
  expect(lines).toHaveLength(entries.size - 1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ id: data[0].id, file: `${data[0].id}.png` });
});

test("a picture whose file somebody removed is not there, and the export goes on without it", async () => {
  const { data } = await draw({ n: 2 });
  await rm(join(server.folder, "data", "pictures", `${data[0].id}.png`));
  expect((await get(`/pictures/${data[0].id}.png`)).status).toBe(404);
  const names: string[] = [];
  const archive = extract();
  archive.end(Buffer.from(await (await get("/api/export")).arrayBuffer()));
  for await (const entry of archive) {
    names.push(entry.header.name);
    entry.resume();
  }
  expect(names).toContain(`${data[1].id}.png`);
  expect(names).not.toContain(`${data[0].id}.png`);
  expect(names.at(-1)).toBe("pictures.jsonl");
  expect(server.errors).toEqual([]);
});

test.each([true, false])(
  "a picture that cannot be kept is given with a warning, and the log says why (stream: %s)",
  async (stream) => {
    const pictures = join(server.folder, "data", "pictures");
    await rename(pictures, `${pictures}-elsewhere`);
    await writeFile(pictures, "no folder");
    try {
      const answer = await postJson(`${server.url}/v1/images/generations`, {
        prompt: "a small red block",
        stream,
      });
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).toContain("The picture was not kept, so this is its only copy");
      expect(text).toContain('"b64_json":"iVBOR');
      expect(text).not.toMatch(/"id"|"url"|pictures\//);
    } finally {
      await rm(pictures);
      await rename(`${pictures}-elsewhere`, pictures);
    }
    expect(server.errors.splice(0)).toMatchObject([{ code: "io" }]);
  },
);

test("addresses of pictures are those of the proxy in front", async () => {
  const asked = { prompt: "a ball", response_format: "url", output_format: "webp" };
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "pictures.example" };
  const { data } = await jsonOf(
    postJson(`${server.url}/v1/images/generations`, asked, { headers }),
  );
  expect(data[0].url).toMatch(/^https:\/\/pictures\.example\/pictures\/[0-9a-f]{32}\.webp$/);
});

test("a client that leaves finds its pictures in the gallery, when the server finishes them", async () => {
  const controller = new AbortController();
  const left = postJson(
    `${server.url}/v1/images/generations`,
    { prompt: "left behind", n: 4, rerank: 64 },
    { signal: controller.signal },
  );
  const gone = expect(left).rejects.toThrow();
  const running = async () => (await jsonOf(get("/health"))).queue.running;
  await expect.poll(running, { interval: 5 }).toBeGreaterThan(0);
  controller.abort();
  await gone;
  await expect
    .poll(async () => (await jsonOf(get("/api/pictures?words=behind"))).pictures.length)
    .toBe(4);
});

test("health and metrics say what was done", async () => {
  expect(await jsonOf(get("/health"))).toMatchObject({
    status: "ready",
    model: { name: "tiny" },
    queue: { waiting: 0, limit: 64 },
  });
  await get("/pictures/nothing.png");
  const text = await (await get("/metrics")).text();
  expect(text).toMatch(/^dalle_pictures_total [1-9]/m);
  expect(text).toMatch(
    /dalle_http_requests_total\{route="\/v1\/images\/generations",status="200"\} [1-9]/,
  );
  expect(text).toMatch(/dalle_http_requests_total\{route="\/pictures\/:file",status="404"\} [1-9]/);
  expect(text).toMatch(/^dalle_queue_waiting 0$/m);
});

test("a run is read from where the reader was, and from the start when it was cut shorter", async () => {
  const folder = join(server.folder, "runs", "run");
  await mkdir(join(folder, "samples"), { recursive: true });
  const metrics = join(folder, "metrics.jsonl");
  await writeFile(metrics, '{"step":1}\n{"step":2}\n{"st');
  await writeFile(join(folder, "samples", "step-00000002.png"), await examplePng());
  expect((await jsonOf(get("/api/runs"))).runs).toMatchObject([{ name: "run" }]);
  const first = await jsonOf(get("/api/runs/run/metrics"));
  expect(first).toEqual({
    lines: [{ step: 1 }, { step: 2 }],
    from: 0,
    next: 22,
    sheets: ["step-00000002.png"],
  });
  await writeFile(metrics, '{"step":1}\n{"step":2}\n{"step":3}\n');
  const second = await jsonOf(get("/api/runs/run/metrics?after=22"));
  expect(second).toMatchObject({ lines: [{ step: 3 }], from: 22, next: 33 });
  await writeFile(metrics, '{"step":1}\n');
  const third = await jsonOf(get("/api/runs/run/metrics?after=33"));
  expect(third).toMatchObject({ lines: [{ step: 1 }], from: 0 });
  expect((await get("/api/runs/run/sheets/step-00000002.png")).status).toBe(200);
  expect((await get("/api/runs/run/sheets/..%2fmetrics.jsonl")).status).toBe(404);
  expect((await get("/api/runs/..%2fdata/metrics")).status).toBe(404);
});
