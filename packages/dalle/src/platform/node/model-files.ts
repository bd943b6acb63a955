/**
 * @file Opens a model folder in Node: config.json and the files it lists, each present, of the right size and with the
 * right SHA-256. A download that stopped or a flipped bit is found here and named, before any weight is used.
 */
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DalleError } from "@dalle-ts/tensor";
import { throwIfAborted } from "../../abort.js";
import { CONFIG_FILE, type FileRecord, parseModelConfig } from "../../model-folder/config.js";
import { cannotRead, describeFile } from "../../model-folder/describe-file.js";
import {
  damagedFile,
  hashModelFolder,
  type ModelFolder,
  type ReadModelFolderOptions,
  requireListed,
} from "../../model-folder/model-folder.js";

const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));
const isRepository = existsSync(join(packageFolder, "src"));

/** Where the model that ships lies: in the repository beside the packages, and packed into this one. */
export const bundledModel = join(packageFolder, isRepository ? "../.." : "", "models/default");

export async function readModelFolder(
  directory: string,
  { verify = "full", signal }: ReadModelFolderOptions = {},
): Promise<ModelFolder> {
  throwIfAborted(signal);
  if (/^https?:/.test(directory)) {
    throw new DalleError(
      "unsupported",
      `${directory} is an address, and Node loads a model from a folder; download it, and pass its path.`,
    );
  }
  const configPath = join(directory, CONFIG_FILE);
  const configText = await readConfigText(directory);
  const config = parseModelConfig(configText, configPath);
  const files = Object.entries(config.files);
  for (const [name, record] of files) await checkSize(join(directory, name), record);
  /** Of each file as it was accepted, what changes whenever it is written or replaced. */
  const stamps = new Map<string, string>();
  const check = async (name: string, record: FileRecord, signal?: AbortSignal) => {
    const path = join(directory, name);
    const stamp = await stampOf(path);
    if (stamps.get(name) === stamp) return;
    await checkHash(path, record, signal);
    stamps.set(name, stamp);
  };
  for (const [name, record] of files) {
    if (verify === "full") await check(name, record, signal);
    else stamps.set(name, await stampOf(join(directory, name)));
  }
  const path = (fileName: string) => {
    requireListed(config, fileName, configPath);
    return join(directory, fileName);
  };
  return {
    directory,
    config,
    hash: await hashModelFolder(configText),
    path,
    // A copy: small files come out of a pool that Node shares.
    read: async (fileName) => Uint8Array.from(await readFile(path(fileName))),
    async requireUnchanged(graph) {
      // Which of the weights a graph reads, only the graph knows.
      for (const [name, record] of files) {
        if (name !== graph && !name.endsWith(".bin")) continue;
        await check(name, record).catch((cause) => {
          throw changedModel(directory, name, cause);
        });
      }
    },
  };
}

async function readConfigText(directory: string): Promise<string> {
  const path = join(directory, CONFIG_FILE);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new DalleError("not_found", await whyNoModel(directory), { cause });
    }
    throw cannotRead(path, cause as Error);
  }
}

async function whyNoModel(directory: string): Promise<string> {
  if (directory === "") return "The name of the model's folder is empty; give its path.";
  const found = await stat(directory).catch(() => undefined);
  if (!found) return `${directory} does not exist; give the path of a model folder.`;
  return found.isDirectory()
    ? `${directory} is not a model folder (it has no ${CONFIG_FILE}); check the path.`
    : `${directory} is a file; give the path of a model folder.`;
}

async function checkSize(path: string, expected: FileRecord): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new DalleError("bad_model", `${path} is missing; copy or download the model again.`);
  }
  if (found.size !== expected.bytes) {
    throw new DalleError(
      "bad_model",
      `${path} has ${found.size} bytes, ${CONFIG_FILE} says ${expected.bytes}; copy or download it again.`,
    );
  }
}

async function stampOf(path: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join();
}

function changedModel(directory: string, name: string, cause: unknown): DalleError {
  return new DalleError(
    "bad_model",
    `The files of the model in ${directory} have changed since it was loaded (${name}); load it again, or restart the server that serves it.`,
    { cause },
  );
}

async function checkHash(path: string, expected: FileRecord, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  const { sha256 } = await describeFile(path);
  if (sha256 !== expected.sha256) throw damagedFile(path);
}
