/** @file Addresses as files: fetched once, gone on with where they stopped, compared with a hash that is known. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { localFiles } from "../../src/import/download.js";
import { stopDownload } from "./stop-download.js";

const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256);
const sha256 = createHash("sha256").update(content).digest("hex");
/** What was asked for: the first byte of each request. */
let asked: number[] = [];
/** How much of a file is sent before the server waits. */
let sent = content.length;
const server = createServer((request, response) => {
  const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
  if (request.url === "/missing.pt") return void response.writeHead(404).end();
  const start = request.url === "/stubborn.pt" ? 0 : Number(first ?? 0);
  asked.push(start);
  const rest = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length });
  if (sent < rest.length) response.write(rest.subarray(0, sent));
  else response.end(rest);
});
let origin: string;
let folder: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  asked = [];
  folder = await mkdtemp(join(tmpdir(), "dalle-download-"));
  return () => rm(folder, { recursive: true });
});

/** Leaves the first 1000 bytes. */
async function stoppedDownload(address: string): Promise<void> {
  sent = 1000;
  await stopDownload(address, folder);
  sent = content.length;
  asked = [];
}

test("a path stays as it is, an address becomes the path of its file, which is fetched once", async () => {
  const address = `${origin}/file.pt?download=true`;
  const seen: number[] = [];
  const found = await localFiles(["here.pt", address], folder, {
    onProgress: (name, done, total) => {
      expect([name, total]).toEqual(["file.pt", content.length]);
      seen.push(done);
    },
  });
  expect(found[0]).toBe("here.pt");
  expect(basename(found[1]!)).toBe("file.pt");
  expect(Buffer.compare(await readFile(found[1]!), content)).toBe(0);
  expect(seen.at(-1)).toBe(content.length);
  await localFiles([address], folder);
  expect(asked).toEqual([0]);
});

test.each([
  ["file.pt", 1000],
  ["stubborn.pt", 0],
])("%s goes on from byte %d where a download stopped", async (name, start) => {
  const address = `${origin}/${name}#sha256=${sha256}`;
  await stoppedDownload(address);
  const [path] = await localFiles([address], folder);
  expect(asked).toEqual([start]);
  expect(Buffer.compare(await readFile(path!), content)).toBe(0);
});

test("a file with another hash than the address says is deleted, wherever it says it", async () => {
  const wrong = "0".repeat(64);
  for (const address of [`${origin}/file.pt#sha256=${wrong}`, `${origin}/${wrong}/file.pt`]) {
    await expect(localFiles([address], folder)).rejects.toThrow(
      /another SHA-256 than the address says and was deleted; start the import again/,
    );
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((path) => path.includes("file.pt"))).toEqual([]);
  }
});

test("files of one name at two addresses are two files", async () => {
  const addresses = [`${origin}/first/file.pt`, `${origin}/second/file.pt`];
  const [first, second] = await localFiles(addresses, folder);
  expect(first).not.toBe(second);
  expect(asked).toEqual([0, 0]);
});

test("addresses that differ in their query are two files, those that differ in their signature one", async () => {
  const [first, second] = await localFiles(
    [`${origin}/uc?id=A&X-Amz-Signature=1&Expires=2`, `${origin}/uc?id=B`],
    folder,
  );
  expect(first).not.toBe(second);
  expect(asked).toEqual([0, 0]);
  const again = `${origin}/uc?id=A&X-Amz-Signature=3&X-Amz-Date=4&Signature=5&Key-Pair-Id=6&Policy=7`;
  expect(await localFiles([again], folder)).toEqual([first]);
  expect(asked).toEqual([0, 0]);
});

test("two imports at once go on with one download, and both get the file", async () => {
  const address = `${origin}/file.pt#sha256=${sha256}`;
  await stoppedDownload(address);
  const [[path], other] = await Promise.all([
    localFiles([address], folder),
    localFiles([address], folder),
  ]);
  expect(other).toEqual([path]);
  expect(asked).toEqual([1000, 1000]);
  expect(Buffer.compare(await readFile(path!), content)).toBe(0);
  expect(await readdir(dirname(path!))).toEqual(["file.pt"]);
});

test("what cannot be fetched is said in a sentence", async () => {
  await expect(localFiles(["https://"], folder)).rejects.toThrow(
    "https:// is no address of a file; check how it is spelt.",
  );
  await expect(localFiles([`${origin}/missing.pt`], folder)).rejects.toThrow(
    /missing\.pt gives no file \(HTTP 404\); check the address/,
  );
  await expect(localFiles(["http://127.0.0.1:1/a.pt"], folder)).rejects.toThrow(
    /^a\.pt cannot be fetched \(.*\); start the import again/,
  );
});
