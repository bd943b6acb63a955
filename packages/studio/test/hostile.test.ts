/** @file A thousand malformed and hostile requests: no crash, no failure of the server's own, nothing outside its folder. */
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { jsonOf } from "./support/json-of.js";
import { examplePng, postJson, testServer } from "./support/server.js";

const server = testServer({ bodyLimit: 200_000, requestSeconds: 1 });
const routes = ["/v1/images/generations", "/v1/images/edits", "/v1/images/variations"];
const others = ["/sdapi/v1/txt2img", "/sdapi/v1/img2img", "/api/pictures/x", "/health", "/"];

afterAll(async () => {
  expect(server.errors).toEqual([]);
  expect((await readdir(server.folder)).sort()).toEqual(["data", "model"]);
  const files = await readdir(join(server.folder, "data"));
  expect(files.every((name) => /^((library|lock)\.db.*|pictures)$/.test(name))).toBe(true);
  const pictures = await readdir(join(server.folder, "data", "pictures"));
  expect(pictures.every((name) => /^[0-9a-f]{32}\.png$/.test(name))).toBe(true);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  const { status } = await postJson(`${server.url}/v1/images/generations`, { prompt: "a ball" });
  expect(status).toBe(200);
});

/** Statuses that a request may well have; whoever sends nonsense gets a sentence, not a failure. */
async function expectAnswer(response: Response, fuzzed: boolean): Promise<void> {
  expect(response.status).toBeLessThan(500);
  if (response.status < 400) return;
  const { error } = await jsonOf(response);
  expect(error.message).toMatch(/\.$/);
  expect(error.message.length).toBeLessThan(400);
  if (fuzzed) expect(error.message).not.toMatch(/undefined|\[object|\n/);
}

const field = fc.constantFrom(
  ...["prompt", "n", "size", "seed", "stream", "top_k", "top_p", "temperature", "image", "mask"],
  ...["output_format", "response_format", "partial_images", "keep", "rerank", "candidates"],
  ...["share", "guidance_scale", "__proto__", "constructor", "init_images", "width", "model"],
);
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    ...["../../etc/passwd", "\u0000", "\ud800", "', 1); DROP TABLE pictures; --", "%2e%2e%2f"],
    ...["http://127.0.0.1:1/x.png", "data:image/png;base64,AAAA", "file:///etc/passwd", "1e999"],
    ...[-1, 0, 1e308, Number.MAX_SAFE_INTEGER, 0.1, true, false, null, [], {}, [[]], ""],
    ...["a ball", "auto", "99999x99999", "16x3840", { top: 0.5 }, { rectangle: {} }],
  ),
  fc.jsonValue(),
  fc.string({ unit: "binary", maxLength: 300 }),
);

test("fuzzed JSON", async () => {
  const body = fc.dictionary(field, nasty, { maxKeys: 6 });
  const given = fc.record({
    body,
    path: fc.constantFrom(...routes, ...others),
    valid: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ body, path, valid }) => {
      const fields = valid ? { ...body, prompt: "a ball" } : body;
      const response = await postJson(`${server.url}${path}`, fields);
      await expectAnswer(response, true);
      if (response.status < 400) await response.arrayBuffer();
    }),
    { numRuns: 500, seed: 1, endOnFailure: true },
  );
});

test("fuzzed bodies that are no JSON, or cut short", async () => {
  const type = fc.constantFrom(
    ...["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"],
    ...["application/x-www-form-urlencoded", ""],
  );
  const text = fc.oneof(
    fc.constantFrom('{"prompt":', "[]", "null", "3", '"x"', `${"[".repeat(50_000)}`, "--x\r\n", ""),
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .string({ maxLength: 200 })
      .map((each) => `--x\r\nContent-Disposition: form-data; name="${each}`),
  );
  await fc.assert(
    fc.asyncProperty(type, text, fc.constantFrom(...routes), async (contentType, body, path) => {
      const headers = { "content-type": contentType };
      const url = `${server.url}${path}`;
      await expectAnswer(await fetch(url, { method: "POST", body, headers }), false);
    }),
    { numRuns: 200, seed: 1, endOnFailure: true },
  );
});

test("fuzzed forms, with bad pictures and names that are paths", async () => {
  const png = await examplePng();
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.integer({ min: 0, max: png.length }).map((end) => png.subarray(0, end)),
    fc.integer({ min: 8, max: png.length - 1 }).map((at) => {
      const damaged = Buffer.from(png);
      damaged[at]! ^= 255;
      return damaged;
    }),
    fc.constantFrom(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
      ),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="100000"/>'),
    ),
  );
  const file = fc.record({ name: fc.constantFrom("image", "image[]", "mask", "x"), bytes });
  const given = fc.record({
    files: fc.array(file, { maxLength: 3 }),
    fields: fc.array(fc.tuple(field, fc.string({ maxLength: 50 })), { maxLength: 4 }),
    path: fc.constantFrom(...routes),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ files, fields, path }) => {
      const form = new FormData();
      form.set("prompt", "a ball");
      for (const [name, value] of fields) form.append(name, value);
      for (const { name, bytes } of files) {
        form.append(name, new Blob([Buffer.from(bytes)]), "../../../tmp/evil.png");
      }
      await expectAnswer(
        await fetch(`${server.url}${path}`, { method: "POST", body: form }),
        false,
      );
    }),
    { numRuns: 200, seed: 1, endOnFailure: true },
  );
});

test("paths that try to leave", async () => {
  const parts = fc.constantFrom(
    "..",
    "%2e%2e",
    "..%2f",
    "%5c..",
    "pictures",
    "api",
    "assets",
    "etc",
  );
  const path = fc.array(parts, { minLength: 1, maxLength: 8 }).map((all) => `/${all.join("/")}`);
  await fc.assert(
    fc.asyncProperty(path, async (each) => {
      const answer = await raw(
        `GET ${each}/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toContain("root:");
    }),
    { numRuns: 100, seed: 1, endOnFailure: true },
  );
});

test("bodies that are too large are refused while they come", async () => {
  const body = JSON.stringify({ prompt: "x".repeat(300_000) });
  const headers = { "content-type": "application/json" };
  const url = `${server.url}/v1/images/generations`;
  expect((await fetch(url, { method: "POST", body, headers })).status).toBe(413);
  // More of a body whose length is not told, and whose end never comes, than the server takes.
  const chunk = `${(100_000).toString(16)}\r\n${"x".repeat(100_000)}\r\n`;
  const head = "POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\n";
  const type = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect(await raw(head + type + chunk.repeat(4))).toMatch(/^HTTP\/1\.1 413 /);
});

test("a body that never ends loses its connection", async () => {
  const head = "POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\n";
  const type = "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
  expect(await raw(head + type)).toMatch(/^(HTTP\/1\.1 408 |$)/);
});

/** What the server answers to these bytes, once it has closed the connection. */
async function raw(request: string): Promise<string> {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (text) => {
    answer += text;
  });
  socket.on("error", () => undefined);
  socket.write(request);
  await once(socket, "close");
  return answer;
}
