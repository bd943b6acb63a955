/**
 * @file torch's zip files, and TorchScript's, which differ in what their objects look like and in having a second pickle
 * of constants [SPEC §7.0]: `<prefix>/data.pkl` is the value, `<prefix>/data/<key>` its storages.
 */
import type { ByteSource } from "../../files/byte-source.js";
import { FileFault } from "../../files/file-fault.js";
import { bytesOfElement } from "../element-types.js";
import { unpack } from "../packaging.js";
import { largestPickle } from "../pickle/limits.js";
import { unpickle } from "../pickle/machine.js";
import { Storage } from "../storage.js";
import type { StoredValue } from "../values.js";
import { findTorchName } from "./allowed-names.js";
import { storageId } from "./persistent-id.js";
import { type ZipEntry, zipEntries } from "./zip-entries.js";

export interface TorchArchive {
  readonly value: StoredValue;
  /** Of a TorchScript archive: what its code refers to by number. */
  readonly constants: StoredValue | undefined;
}

export async function readTorchZip(source: ByteSource): Promise<TorchArchive> {
  const entries = await zipEntries(source);
  const prefix = findPrefix(entries);
  await refuseBigEndian(source, entries.get(`${prefix}byteorder`));
  const constants = entries.has(`${prefix}constants.pkl`);
  return {
    value: await readPickle(source, entries, `${prefix}data`),
    constants: constants ? await readPickle(source, entries, `${prefix}constants`) : undefined,
  };
}

/** What stands before "data.pkl", with its slash; the folder is named after the file that torch wrote. */
function findPrefix(entries: ReadonlyMap<string, ZipEntry>): string {
  const pickles = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length === 0)
    throw new FileFault("it is an archive of zip that torch did not write", { nextStep: unpack });
  if (pickles.length > 1)
    throw new FileFault(`its zip archive has ${pickles.length} members "*/data.pkl", not one`);
  return pickles[0]!.slice(0, -"data.pkl".length);
}

async function refuseBigEndian(source: ByteSource, entry: ZipEntry | undefined): Promise<void> {
  if (!entry || entry.length > "little".length) return;
  const order = new TextDecoder().decode(await source.read(entry.position, entry.length));
  if (order === "big") throw new FileFault("its numbers are big-endian");
}

/** `<name>.pkl` with its storages in the folder `<name>`. */
async function readPickle(
  source: ByteSource,
  entries: ReadonlyMap<string, ZipEntry>,
  name: string,
): Promise<StoredValue> {
  const { position, length } = entries.get(`${name}.pkl`)!;
  if (length > largestPickle) throw new FileFault(`its pickle has ${length} bytes`);
  const storages = new Map<string, Storage>();
  const load = (id: StoredValue): Storage => {
    const { dtype, key, length } = storageId(id);
    const known = storages.get(`${dtype} ${key}`);
    if (known?.length === length) return known;
    const entry = entries.get(`${name}/${key}`);
    if (!entry) throw new FileFault(`its storage "${key}" is missing`);
    if (length * bytesOfElement(dtype) > entry.length)
      throw new FileFault(
        `its storage "${key}" has ${entry.length} bytes and claims ${length} ${dtype}`,
      );
    const storage = new Storage(source, dtype, length, entry.position);
    storages.set(`${dtype} ${key}`, storage);
    return storage;
  };
  const pickle = await source.read(position, length);
  return unpickle(pickle, 0, { findName: findTorchName, load }).value;
}
