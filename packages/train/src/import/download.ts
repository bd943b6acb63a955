/**
 * @file Files of an import that are given by address: fetched once into a folder, where a download that stopped goes on, and
 * compared with the SHA-256 that the address ends in ("#sha256=…") or, as OpenAI's do, has for a folder.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Bytes of one file so far, and in all. */
  readonly onProgress?: (name: string, done: number, total: number) => void;
}

export function isAddress(path: string): boolean {
  return /^https?:\/\//.test(path);
}

/** The paths as they are, and for addresses those of their downloads in `folder`. One file at a time. */
export async function localFiles(
  paths: readonly string[],
  folder: string,
  options: DownloadOptions = {},
): Promise<string[]> {
  const local: string[] = [];
  for (const path of paths)
    local.push(isAddress(path) ? await download(readAddress(path), folder, options) : path);
  return local;
}

interface Address {
  readonly url: URL;
  /** The file's. */
  readonly name: string;
}

function readAddress(text: string): Address {
  try {
    const url = new URL(text);
    return { url, name: basename(decodeURIComponent(url.pathname)) || url.hostname };
  } catch (cause) {
    throw new DalleError("bad_option", `${text} is no address of a file; check how it is spelt.`, {
      cause,
    });
  }
}

async function download(
  { url, name }: Address,
  folder: string,
  options: DownloadOptions,
): Promise<string> {
  // A folder for each address: releases call different files by one name.
  const place = createHash("sha256").update(unsigned(url));
  const path = join(folder, place.digest("hex").slice(0, 12), name);
  const partial = `${path}.partial`;
  if (await sizeOf(path)) {
    await checkHash(path, url);
    return path;
  }
  await mkdir(dirname(path), { recursive: true });
  try {
    await fetchInto(partial, name, url, options);
    await finish(partial, path, url);
  } catch (cause) {
    if (cause instanceof DalleError) throw cause;
    if (options.signal?.aborted)
      throw new DalleError(
        "aborted",
        `The download of ${name} was stopped; start the import again to go on from where it is.`,
        { cause },
      );
    // fetch says "fetch failed", and its cause why.
    const { message, cause: reason } = cause as Error;
    const has = (await sizeOf(partial)) ? "to go on from where it is" : "when it can be reached";
    throw new DalleError(
      "io",
      `${name} cannot be fetched (${reason instanceof Error ? reason.message : message}); start the import again ${has}.`,
      { cause },
    );
  }
  return path;
}

/** What an address that is signed anew each time has for a query of its own. */
const signature = /^(x-(amz|goog)-.*|expires|signature|key-pair-id|policy)$/i;

/** The address without its hash and its signature: what it is an address of. */
function unsigned(url: URL): string {
  const plain = new URL(url);
  plain.hash = "";
  for (const name of [...plain.searchParams.keys()])
    if (signature.test(name)) plain.searchParams.delete(name);
  return plain.href;
}

async function finish(partial: string, path: string, url: URL): Promise<void> {
  try {
    await checkHash(partial, url);
    await rename(partial, path);
  } catch (cause) {
    // Another import of the same file was first; both wrote the same bytes.
    const isGone = (cause as NodeJS.ErrnoException).code === "ENOENT";
    if (!isGone || !(await sizeOf(path))) throw cause;
    await checkHash(path, url);
  }
}

/**
 * From where an earlier download stopped, if the server can. Each byte goes to its own place, so that two imports may fetch one
 * file at once, and one that was killed leaves nothing locked.
 */
async function fetchInto(
  partial: string,
  name: string,
  url: URL,
  { signal, onProgress }: DownloadOptions,
): Promise<void> {
  const had = await sizeOf(partial);
  const headers: Record<string, string> = had ? { range: `bytes=${had}-` } : {};
  const response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  if (had && response.status === 416) return; // nothing is left to fetch
  if (!response.ok || !response.body)
    throw new DalleError(
      "not_found",
      `${url.href} gives no file (HTTP ${response.status}); check the address, or fetch the file in another way.`,
    );
  const goesOn = response.status === 206;
  let done = goesOn ? had : 0;
  const total = done + Number(response.headers.get("content-length") ?? 0);
  // Neither emptied nor appended to: the other import may be writing.
  const file = await open(partial, constants.O_RDWR | constants.O_CREAT);
  try {
    for await (const chunk of response.body) {
      await file.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      onProgress?.(name, done, Math.max(done, total));
    }
    await file.truncate(done);
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** A file that is not the one is deleted, so that the next try begins anew. */
async function checkHash(path: string, url: URL): Promise<void> {
  const known =
    /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1] ??
    /\/([0-9a-f]{64})\//i.exec(url.pathname)?.[1];
  if (known === undefined) return;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  if (hash.digest("hex") === known.toLowerCase()) return;
  await rm(path, { force: true });
  throw new DalleError(
    "bad_file",
    `${url.href}: what was fetched has another SHA-256 than the address says and was deleted; start the import again, or check the address.`,
  );
}
