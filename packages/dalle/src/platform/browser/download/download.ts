/**
 * @file Downloads one file of a model into the store, segment by segment. A download that broke goes on from its first
 * missing segment, by a range request; what came is checked against the SHA-256 before anybody uses it.
 */
import { DalleError } from "@dalle-ts/tensor";
import { throwIfAborted } from "../../../abort.js";
import { CONFIG_FILE, type FileRecord } from "../../../model-folder/config.js";
import { damagedFile } from "../../../model-folder/model-folder.js";
import { sha256Hex } from "../../../model-folder/sha256.js";
import { SEGMENT_BYTES, SegmentCutter, segmentCount } from "./segments.js";
import type { PieceStore } from "./store.js";

export interface DownloadOptions {
  /** Bytes of this file that are here; less than before when a file has to be begun again. */
  readonly onProgress: (loaded: number) => void;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

const pieceName = ({ sha256 }: FileRecord, index: number): string => `${sha256}/${index}`;

/** Resolves when the whole file is in the store and right. */
export async function downloadFile(
  address: string,
  record: FileRecord,
  store: PieceStore,
  options: DownloadOptions,
): Promise<void> {
  const start = firstMissing(record, store);
  if (start === segmentCount(record)) return options.onProgress(record.bytes);
  await receive(address, record, start, store, options);
  if (await isRight(record, store)) return;
  await forgetFile(record, store);
  if (start > 0) {
    // The server's file changed between the parts: once more, from its beginning.
    await receive(address, record, 0, store, options);
    if (await isRight(record, store)) return;
    await forgetFile(record, store);
  }
  throw damagedFile(address);
}

/** The file as it is in the store. One that went bad there is forgotten, so that loading the model again repairs it. */
export async function readStored(
  address: string,
  record: FileRecord,
  store: PieceStore,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await assemble(record, store);
  if (bytes && (await sha256Hex(bytes)) === record.sha256) return bytes;
  await forgetFile(record, store);
  throw new DalleError(
    "bad_model",
    `What the browser kept of ${address} is damaged or gone; load the model again to download it.`,
  );
}

export async function forgetFile(record: FileRecord, store: PieceStore): Promise<void> {
  for (let index = 0; index < segmentCount(record); index++) {
    await store.delete(pieceName(record, index));
  }
}

function firstMissing(record: FileRecord, store: PieceStore): number {
  let index = 0;
  while (index < segmentCount(record) && store.has(pieceName(record, index))) index++;
  return index;
}

async function receive(
  address: string,
  record: FileRecord,
  start: number,
  store: PieceStore,
  { onProgress, signal, headers: given }: DownloadOptions,
): Promise<void> {
  let cutter = new SegmentCutter(record, start);
  const stopped = (cause: Error) => {
    throwIfAborted(signal);
    throw new DalleError(
      "io",
      `The download of ${address} stopped after ${cutter.position} of ${record.bytes} bytes (${cause.message}); load the model again to go on from there.`,
      { cause },
    );
  };
  throwIfAborted(signal);
  // Range is left out at 0: servers then may compress what they send.
  const headers = { ...given, ...(start > 0 && { Range: `bytes=${start * SEGMENT_BYTES}-` }) };
  // What the browser's own cache has may be of an older model; and the store keeps the file.
  const response = await fetch(address, { headers, signal, cache: "no-store" }).catch(stopped);
  // A server that refuses the range may well send the whole.
  if (response.status === 416 && start > 0) {
    await response.body?.cancel();
    return receive(address, record, 0, store, { onProgress, signal, headers: given });
  }
  if (!response.ok) {
    if (response.status !== 404) throw refusedByServer(address, response.status);
    throw new DalleError("bad_model", `${address} is missing; copy the model folder again.`);
  }
  // A server without ranges sends all of it.
  if (response.status !== 206) cutter = new SegmentCutter(record, 0);
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const next = await reader.read().catch(stopped);
      if (next.done) break;
      for (const { index, bytes } of cutter.cut(next.value)) {
        await store.put(pieceName(record, index), bytes);
      }
      onProgress(Math.min(cutter.position, record.bytes)); // an error of the page's is the page's
    }
  } finally {
    await reader.cancel().catch(() => undefined); // of what has ended or broken there is nothing left to stop
  }
  if (cutter.position === record.bytes) return;
  await forgetFile(record, store);
  const found = cutter.position > record.bytes ? "more" : String(cutter.position);
  throw new DalleError(
    "bad_model",
    `${address} has ${found} bytes, ${CONFIG_FILE} says ${record.bytes}; copy the model folder again.`,
  );
}

export function refusedByServer(address: string, status: number): DalleError {
  const next = [401, 403].includes(status)
    ? "give the key that it asks for in the option headers"
    : "try again later";
  return new DalleError("io", `${address} was refused by its server (${status}); ${next}.`);
}

async function isRight(record: FileRecord, store: PieceStore): Promise<boolean> {
  const bytes = await assemble(record, store);
  return bytes !== undefined && (await sha256Hex(bytes)) === record.sha256;
}

async function assemble(
  record: FileRecord,
  store: PieceStore,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const whole = new Uint8Array(record.bytes);
  for (let index = 0; index < segmentCount(record); index++) {
    const piece = await store.get(pieceName(record, index));
    if (!piece || index * SEGMENT_BYTES + piece.length > whole.length) return undefined;
    whole.set(piece, index * SEGMENT_BYTES);
  }
  return whole;
}
