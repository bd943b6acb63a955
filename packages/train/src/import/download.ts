/**
 * @file Files of an import that are given by address: fetched once into a folder, where a download that stopped goes on, and
 * compared with the SHA-256 that the address ends in ("#sha256=…") or, as OpenAI's do, has for a folder.
 */
import { createHash } from "node:crypto";
import { constants, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DalleError, makeFolder, sha256OfFile } from "@dalle-ts/tensor";

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
  if (await sizeOf(path)) {
    await checkHash(path, url);
    return path;
  }
  makeFolder(dirname(path));
  try {
    await finish(await fetchPartial(path, url, options), path, url);
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
    const has = (await findPartial(path)) ? "to go on from where it is" : "when it can be reached";
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
 * From where an earlier download stopped, if the server can and the file is still the same → the path of its bytes. Each byte
 * goes to its own place in a file of this version, so that two imports may fetch one file at once, and one that was killed
 * leaves nothing locked.
 */
async function fetchPartial(path: string, url: URL, options: DownloadOptions): Promise<string> {
  const earlier = await findPartial(path);
  let answer = await ask(url, earlier?.size ?? 0, options);
  if (earlier && answer.status === 416 && answer.total === earlier.size) return earlier.path; // nothing is left to fetch
  const isRest = answer.start === earlier?.size && partialPath(path, answer) === earlier.path;
  if (earlier && [206, 416].includes(answer.status) && !isRest) {
    await answer.response.body?.cancel();
    answer = await ask(url, 0, options);
  }
  await refuseNoFile(answer, url);
  const partial = partialPath(path, answer);
  if (earlier && earlier.path !== partial) await rm(earlier.path, { force: true });
  await write(answer, partial, basename(path), options);
  return partial;
}

interface Answer {
  readonly response: Response;
  readonly status: number;
  /** Which byte of the file comes first. */
  readonly start: number;
  /** Bytes of the whole file, where the server tells. */
  readonly total: number | undefined;
}

async function ask(url: URL, first: number, { signal }: DownloadOptions): Promise<Answer> {
  // What is packed on the way has another length, and ranges of other bytes.
  const headers = { "accept-encoding": "identity", ...(first && { range: `bytes=${first}-` }) };
  const response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  const { status } = response;
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+)?/.exec(response.headers.get("content-range") ?? "");
  const start = status === 206 ? Number(range?.[1] ?? first) : 0;
  const length = response.headers.get("content-length");
  const counted = length === null || status === 416 ? undefined : start + Number(length);
  return { response, status, start, total: range?.[2] ? Number(range[2]) : counted };
}

/** Named after all that the server tells of the file's state, as bytes of two states are no file. */
function partialPath(path: string, { response: { headers }, total }: Answer): string {
  const state = [headers.get("etag") ?? headers.get("last-modified"), total];
  const version = createHash("sha256").update(JSON.stringify(state)).digest("hex").slice(0, 12);
  return `${path}.${version}.partial`;
}

/** What an earlier download left in the folder of the address. */
async function findPartial(path: string): Promise<{ path: string; size: number } | undefined> {
  const names = await readdir(dirname(path));
  const name = names.find((each) => each.endsWith(".partial"));
  if (name === undefined) return undefined;
  const partial = join(dirname(path), name);
  const size = await sizeOf(partial);
  return size > 0 ? { path: partial, size } : undefined;
}

async function refuseNoFile({ response, status }: Answer, url: URL): Promise<void> {
  const isPage = /^text\/html\b/i.test(response.headers.get("content-type") ?? "");
  if (response.ok && response.body && !isPage) return;
  await response.body?.cancel();
  // A log-in, mostly, or a page about the file.
  const said = response.ok && isPage ? "a web page" : `HTTP ${status}`;
  throw new DalleError(
    "not_found",
    `${url.href} gives no file (${said}); check the address, or fetch the file in another way.`,
  );
}

async function write(
  { response, start, total }: Answer,
  partial: string,
  name: string,
  { onProgress }: DownloadOptions,
): Promise<void> {
  let done = start;
  // Neither emptied nor appended to: the other import may be writing.
  const file = await open(partial, constants.O_RDWR | constants.O_CREAT);
  try {
    for await (const chunk of response.body!) {
      await file.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      onProgress?.(name, done, Math.max(done, total ?? 0));
    }
    // A server may give less than the rest.
    if (done < (total ?? 0)) throw new Error("it ended too early");
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
  if ((await sha256OfFile(path)) === known.toLowerCase()) return;
  await rm(path, { force: true });
  throw new DalleError(
    "bad_file",
    `${url.href}: what was fetched has another SHA-256 than the address says and was deleted; start the import again, or check the address.`,
  );
}
