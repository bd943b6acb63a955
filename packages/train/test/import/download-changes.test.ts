/** @file Addresses whose file changes while it is fetched, and those that give none: nothing else is kept as the file. */
import { mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { createServer, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { localFiles } from "../../src/import/download.js";
import { stopDownload } from "./stop-download.js";

interface Served {
  readonly bytes: Uint8Array;
  readonly headers?: OutgoingHttpHeaders;
  /** How much is sent before the server waits. @default all */
  readonly sent?: number;
  /** How much more than was asked for. @default none */
  readonly before?: number;
  /** The most that one answer has. @default all */
  readonly most?: number;
}

const filled = (size: number, value: number) => new Uint8Array(size).fill(value);
const old = filled(200_000, 1);
let served: Served;
/** The first byte of each request. */
let asked: number[] = [];
const server = createServer((request, response) => {
  const { bytes, headers, sent, before = 0, most = bytes.length } = served;
  const first = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  asked.push(first);
  if (first >= bytes.length)
    return void response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
  const start = Math.max(0, first - before);
  const rest = bytes.subarray(start, start + most);
  response.writeHead(first > 0 ? 206 : 200, {
    "content-length": rest.length,
    ...(first > 0 && {
      "content-range": `bytes ${start}-${start + rest.length - 1}/${bytes.length}`,
    }),
    ...headers,
  });
  if (sent === undefined) response.end(rest);
  else response.write(rest.subarray(0, sent));
});
let address: string;
let folder: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.pt`;
});
afterAll(() => server.close());
beforeEach(async () => {
  asked = [];
  folder = await mkdtemp(join(tmpdir(), "dalle-download-"));
  return () => rm(folder, { recursive: true });
});

/** Leaves the first 1000 bytes. */
async function stoppedDownload(headers: OutgoingHttpHeaders = {}): Promise<void> {
  served = { bytes: old, headers, sent: 1000 };
  await stopDownload(address, folder);
  asked = [];
}

/** The folder has the file that is served, and nothing else. */
async function expectServed(): Promise<void> {
  const [path] = await localFiles([address], folder);
  expect(Buffer.compare(await readFile(path!), served.bytes)).toBe(0);
  expect(await readdir(dirname(path!))).toEqual(["file.pt"]);
}

test("a web page is refused, and the file fetched once there is one", async () => {
  served = { bytes: old, headers: { "content-type": "Text/HTML; charset=utf-8" } };
  await expect(localFiles([address], folder)).rejects.toThrow(
    /file\.pt gives no file \(a web page\); check the address, or fetch the file in another way\.$/,
  );
  served = { bytes: old };
  await expectServed();
});

test.each<[string, OutgoingHttpHeaders, Served]>([
  ["is longer", {}, { bytes: filled(200_001, 2) }],
  ["is shorter than what is there", {}, { bytes: filled(500, 2) }],
  ["has another ETag", { etag: '"1"' }, { bytes: filled(200_000, 2), headers: { etag: '"2"' } }],
  [
    "has another date",
    { "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT" },
    {
      bytes: filled(200_000, 2),
      headers: { "last-modified": "Tue, 02 Jan 2024 00:00:00 GMT" },
    },
  ],
])("a download that stopped starts anew where the file now %s", async (_, headers, now) => {
  await stoppedDownload(headers);
  served = now;
  await expectServed();
  expect(asked).toEqual([1000, 0]);
});

test("it goes on where the file is the same", async () => {
  await stoppedDownload({ etag: '"1"' });
  served = { bytes: old, headers: { etag: '"1"' } };
  await expectServed();
  expect(asked).toEqual([1000]);
});

test("it starts anew where the server gives other bytes than were asked for", async () => {
  await stoppedDownload();
  served = { bytes: old, before: 10 };
  await expectServed();
  expect(asked).toEqual([1000, 0]);
});

test("an answer that has less than the rest is no end", async () => {
  await stoppedDownload();
  served = { bytes: old, most: 5000 };
  await expect(localFiles([address], folder)).rejects.toThrow(
    /^file\.pt cannot be fetched \(.*too early\); start the import again to go on from where it is\.$/,
  );
  served = { bytes: old };
  await expectServed();
  expect(asked).toEqual([1000, 6000]);
});

test("nothing is fetched twice where all is there but the name", async () => {
  served = { bytes: old };
  const [path] = await localFiles([address], folder);
  await rename(path!, `${path}.partial`);
  await expectServed();
  expect(asked).toEqual([0, old.length]);
});
