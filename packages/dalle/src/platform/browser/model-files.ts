/**
 * @file Opens a model folder by its address: config.json and the files it lists are downloaded, checked and kept by the
 * browser. The next time only config.json is asked for, and without a connection the kept one is taken.
 */
import { DalleError } from "@dalle-ts/tensor";
import { throwIfAborted } from "../../abort.js";
import {
  CONFIG_FILE,
  type FileRecord,
  type ModelConfig,
  parseModelConfig,
} from "../../model-folder/config.js";
import {
  hashModelFolder,
  type ModelFolder,
  type ReadModelFolderOptions,
  requireListed,
} from "../../model-folder/model-folder.js";
import { downloadFile, forgetFile, readStored, refusedByServer } from "./download/download.js";
import { oneAtATime } from "./download/one-at-a-time.js";
import { PieceStore } from "./download/store.js";
import { unreachable } from "./unreachable.js";

/** Beside the page. */
export const bundledModel = "models/default/";

type RequestOptions = Pick<ReadModelFolderOptions, "headers" | "signal">;

export async function readModelFolder(
  location: string,
  { onProgress, onWarning, signal, headers }: ReadModelFolderOptions = {},
): Promise<ModelFolder> {
  requireSecureContext();
  throwIfAborted(signal);
  const directory = folderAddress(location);
  checkRequest(directory, headers);
  const path = (fileName: string) => new URL(fileName, directory).href;
  const { config, configText, store } = await oneAtATime(directory, signal, async () => {
    const store = await PieceStore.open(onWarning); // opened now, it knows what came while this one waited
    const kept = await textOf(configName(directory), store);
    const asked = { headers, signal };
    const configText = (await fetchConfig(path(CONFIG_FILE), directory, kept, asked)) ?? kept!;
    const config = parseModelConfig(configText, path(CONFIG_FILE));
    await replaceConfig(begunName(directory), configText, store);
    await downloadAll(config, path, store, { onProgress, ...asked });
    await replaceConfig(configName(directory), configText, store);
    return { config, configText, store };
  });
  return {
    directory,
    config,
    hash: await hashModelFolder(configText),
    path(fileName) {
      requireListed(config, fileName, path(CONFIG_FILE));
      return path(fileName);
    },
    async read(fileName) {
      requireListed(config, fileName, path(CONFIG_FILE));
      return readStored(path(fileName), config.files[fileName]!, store);
    },
    async requireUnchanged() {}, // what is kept is kept under its hash
  };
}

/** Hashing, Cache Storage and WebGPU exist only there. */
function requireSecureContext(): void {
  if (isSecureContext) return;
  throw new DalleError(
    "unsupported",
    "A model is loaded only in a page that came over https or from localhost; serve the page so.",
  );
}

function folderAddress(location: string): string {
  if (/[?#]/.test(location)) {
    throw new DalleError(
      "bad_option",
      `${location} is an address with ? or #, behind which no file can be named; give that of the folder alone, and keys in the option headers.`,
    );
  }
  const page = globalThis.document?.baseURI ?? globalThis.location.href; // a worker has no document
  try {
    return new URL(location.endsWith("/") ? location : `${location}/`, page).href;
  } catch (cause) {
    throw new DalleError(
      "bad_option",
      `${location} is no address as seen from ${page}; give the whole address of the model folder.`,
      { cause },
    );
  }
}

/** What the browser would not send at all; of a failed fetch it tells no more than that it failed. */
function checkRequest(directory: string, headers: RequestOptions["headers"]): void {
  try {
    new Request(directory, { headers });
  } catch (cause) {
    throw new DalleError(
      "bad_option",
      `${directory} cannot be asked for so (${(cause as Error).message}); check the address and the option headers.`,
      { cause },
    );
  }
}

const CONFIGS = "config";
/** Of the model at an address that is whole. */
const configName = (directory: string): string => `${CONFIGS}/${encodeURIComponent(directory)}`;
/** Of the one that was asked for last: a page may be closed before all of it has come. */
const begunName = (directory: string): string =>
  `${CONFIGS}-begun/${encodeURIComponent(directory)}`;

async function textOf(name: string, store: PieceStore): Promise<string | undefined> {
  const bytes = await store.get(name);
  return bytes && new TextDecoder().decode(bytes);
}

/** Undefined where there is no connection, but a kept config. */
async function fetchConfig(
  address: string,
  directory: string,
  kept: string | undefined,
  { headers, signal }: RequestOptions,
): Promise<string | undefined> {
  let status: number;
  try {
    const response = await fetch(address, { cache: "no-cache", headers, signal });
    const text = response.ok ? await response.text() : undefined;
    if (text !== undefined && !isPage(text)) return text;
    ({ status } = response);
  } catch (cause) {
    throwIfAborted(signal);
    if (kept !== undefined) return undefined;
    throw unreachable(directory, cause as Error);
  }
  if (status === 404) throw notModel(directory, `it has no ${CONFIG_FILE}`);
  if (kept !== undefined) return undefined;
  // Many servers send a page of theirs in the place of what they do not have.
  if (status === 200) throw notModel(directory, `its server sends a web page as ${CONFIG_FILE}`);
  throw refusedByServer(address, status);
}

const isPage = (text: string): boolean => text.trimStart().startsWith("<");

function notModel(directory: string, why: string): DalleError {
  return new DalleError(
    "not_found",
    `${directory} is not a model folder (${why}); copy one there, or check the address.`,
  );
}

async function downloadAll(
  { files }: ModelConfig,
  path: (fileName: string) => string,
  store: PieceStore,
  { onProgress, ...asked }: RequestOptions & Pick<ReadModelFolderOptions, "onProgress">,
): Promise<void> {
  const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const [name, record] of Object.entries(files)) {
    await downloadFile(path(name), record, store, {
      ...asked,
      onProgress: (loaded) => onProgress?.(before + loaded, total),
    });
    before += record.bytes;
  }
}

/** Of the config that had this name before, the files are forgotten, unless another one has them. */
async function replaceConfig(name: string, text: string, store: PieceStore): Promise<void> {
  const old = await textOf(name, store);
  if (old === text) return;
  await store.put(name, new TextEncoder().encode(text));
  if (old === undefined) return;
  const used = new Set<string>();
  for (const name of await store.namesFrom(CONFIGS)) {
    const config = await textOf(name, store);
    for (const { sha256 } of config ? filesOf(config) : []) used.add(sha256);
  }
  for (const record of filesOf(old)) {
    if (!used.has(record.sha256)) await forgetFile(record, store);
  }
}

/** It was checked when it was kept, perhaps by another version of this program: only its files matter here. */
function filesOf(keptConfig: string): FileRecord[] {
  return Object.values((JSON.parse(keptConfig) as Pick<ModelConfig, "files">).files);
}
