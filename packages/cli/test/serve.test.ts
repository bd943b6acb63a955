/** @file `dalle serve` as people start and stop it. */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { jsonOf } from "../../studio/test/support/json-of.js";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, filesIn, temporaryFolder } from "./harness.js";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = temporaryFolder();
const model = join(folder, "model");
const data = join(folder, "data");
const argv = ["serve", "--port", "0", "--model", model, "--data", data];

beforeAll(async () => {
  await writeTinyModel(model);
});

async function start(...options: string[]) {
  const source = ["--conditions=@dalle-ts/source", "--import", "tsx"];
  const child = spawn(process.execPath, [...source, main, ...argv, "--json", ...options]);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  for await (const line of createInterface(child.stdout)) {
    return { child, ended, url: JSON.parse(line).url as string, stderr: () => stderr };
  }
  throw new Error(`it ended without an address: ${stderr}`);
}

const draw = (url: string, fields: object) =>
  fetch(`${url}/v1/images/generations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt: "a red block", ...fields }),
  });

test("an interrupt finishes the picture under way, and a new request is told to come back", async () => {
  const { child, ended, url, stderr } = await start();
  const request = draw(url, { n: 10, rerank: 64 });
  await expect.poll(async () => (await jsonOf(fetch(`${url}/health`))).queue.running).toBe(16);
  child.kill("SIGINT");
  await expect.poll(stderr).toContain("Finishing what is under way");
  const late = await draw(url, {});
  expect(late.status).toBe(503);
  expect(late.headers.get("retry-after")).toBe("5");
  const response = await request;
  expect(response.status).toBe(200);
  expect((await jsonOf(response)).data).toHaveLength(10);
  expect(await ended).toBe(0);
  expect(stderr()).toBe("Finishing what is under way; interrupt again to end at once.\n");
  expect(await filesIn(join(data, "pictures"))).toHaveLength(10);
});

test("a second interrupt ends at once", async () => {
  const { child, ended, url, stderr } = await start();
  const request = draw(url, { n: 10, rerank: 64 }).catch(() => "cut");
  await expect.poll(async () => (await jsonOf(fetch(`${url}/health`))).queue.running).toBe(16);
  child.kill("SIGTERM");
  await expect.poll(stderr).toContain("Finishing");
  child.kill("SIGTERM");
  await ended;
  expect(await request).toBe("cut");
});

test("says in one sentence that the port is taken, or that there is no model", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const taken = await dalle([...argv, "--port", String(port)]);
  expect(taken).toMatchObject({
    exitCode: 1,
    stderr: `Port ${port} of 127.0.0.1 is taken; stop what runs there, or choose another with --port.\n`,
  });
  other.close();
  const nowhere = join(folder, "nowhere");
  expect(await dalle([...argv, "--model", nowhere])).toMatchObject({
    exitCode: 1,
    stderr: `${nowhere} does not exist; give the path of a model folder.\n`,
  });
});

test.each([
  [["--port", "70000"], "--port: expected an integer in [0, 65535]"],
  [["--cors", "app.example"], "--cors: expected an origin such as https://app.example"],
  [["--cors", "https://app.example/page"], "--cors: expected an origin"],
  [["--public-url", "pictures"], "--public-url: expected an address such as"],
  [["--on-disconnect", "wait"], "Allowed choices are cancel, finish"],
  [["--batch", "0"], "--batch: expected an integer in [1, 64]"],
])("refuses %j", async (options, message) => {
  const { exitCode, stderr } = await dalle([...argv, ...options]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
