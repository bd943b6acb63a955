/** @file The files of the served model, for pages that draw by themselves. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonOf } from "./support/json-of.js";
import { testServer } from "./support/server.js";

const server = testServer({ keys: ["a-key"], history: false });
const ask = (file: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/model/${file}`, {
    headers: { authorization: "Bearer a-key", ...headers },
  });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test("gives config.json and each file that it lists, whole or from a byte on", async () => {
  const config = await jsonOf(ask("config.json"));
  for (const name of Object.keys(config.files)) {
    const file = await readFile(join(server.folder, "model", name));
    expect((await bytesOf(await ask(name))).equals(file)).toBe(true);
    const rest = await ask(name, { range: "bytes=100-" });
    expect([rest.status, rest.headers.get("content-range")]).toEqual([
      206,
      `bytes 100-${file.length - 1}/${file.length}`,
    ]);
    expect((await bytesOf(rest)).equals(file.subarray(100))).toBe(true);
  }
});

test.each(["loss.svg", "..%2fmodel%2fconfig.json", "%2e%2e%2fdata%2flibrary.db", "__proto__"])(
  "gives no other file: %s",
  async (name) => {
    await writeFile(join(server.folder, "model", "loss.svg"), "<svg/>"); // not of the model
    expect((await ask(name)).status).toBe(404);
  },
);

test("asks for the key, as other routes do", async () => {
  const response = await fetch(`${server.url}/api/model/config.json`);
  expect([response.status, (await jsonOf(response)).error.code]).toEqual([401, "missing_api_key"]);
});

test("its pages are isolated from other origins, so that they may use threads", async () => {
  const { headers } = await fetch(server.url);
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
});
