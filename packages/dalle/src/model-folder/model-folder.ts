/** @file A model whose files are at hand: a folder on disk in Node, a checked download in a page. */
import { DalleError } from "@dalle-ts/tensor";
import { CONFIG_FILE, type ModelConfig } from "./config.js";
import { sha256Hex } from "./sha256.js";

export interface ReadModelFolderOptions {
  /** In Node "full" reads every byte to compare SHA-256, "size" only compares sizes; a page always does both. @default "full" */
  readonly verify?: "full" | "size" | undefined;
  /** In a page, as the model is downloaded: bytes that are here, of all that the model has. Not called for a model on disk. */
  readonly onProgress?: ((loaded: number, total: number) => void) | undefined;
  /** In a page: told in one sentence when the model could not be kept for the next time. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** In a page: sent with every request for the model's files, to servers that ask for a key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Stops the loading; what has arrived of a download is kept, and the next one goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

/** A folder whose files were checked. */
export interface ModelFolder {
  /** Its path, or in a page its address, which ends in a slash. */
  readonly directory: string;
  readonly config: ModelConfig;
  /** Names the model in the metadata of its pictures; changes when any file or field does. */
  readonly hash: string;
  /** Path or address of a file the config lists; a file it does not list was not checked and is refused. */
  path(fileName: string): string;
  /** The content of such a file. */
  read(fileName: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Throws unless the graph and the weights are still the files that the config lists: graphs open long after they were
   * checked.
   */
  requireUnchanged(graph: string): Promise<void>;
}

/** Where the graphs of a model are: an opened folder, or in Node its path. */
export type ModelFiles = string | ModelFolder;

/** Throws unless config.json, which is at `configPath`, lists the file. */
export function requireListed(config: ModelConfig, fileName: string, configPath: string): void {
  if (Object.hasOwn(config.files, fileName)) return;
  throw new DalleError(
    "bad_model",
    `${configPath} lists no file ${fileName}; use a model that has this part, or export it again.`,
  );
}

/** A file that is there, but not as it was written. */
export function damagedFile(path: string): DalleError {
  return new DalleError(
    "bad_model",
    `${path} is damaged or changed (its SHA-256 is not the one in ${CONFIG_FILE}); copy or download it again.`,
  );
}

/** The first 12 hexadecimal digits of the SHA-256 of config.json, which itself holds the SHA-256 of every other file. */
export async function hashModelFolder(configText: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(configText))).slice(0, 12);
}
