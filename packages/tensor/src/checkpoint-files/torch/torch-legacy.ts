/**
 * @file torch's files from before 1.6 [SPEC §7.0]: five pickles (magic number, protocol, facts of the machine, the value, the
 * keys of its storages), then the storages in the order of their keys, each a count of eight bytes and its elements.
 */
import type { ByteSource } from "../../files/byte-source.js";
import { FileFault } from "../../files/file-fault.js";
import { largestPickle } from "../pickle/limits.js";
import { unpickle } from "../pickle/machine.js";
import { Storage } from "../storage.js";
import { AllowedName, type StoredValue } from "../values.js";
import { findTorchName } from "./allowed-names.js";
import { storageId } from "./persistent-id.js";

/** How such a file begins: the pickle of the magic number 0x1950a86a20f9469cfc6c. */
export const legacyMagic = Uint8Array.of(
  ...[0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e],
);

const knownProtocol = 1001;

export async function readTorchLegacy(source: ByteSource): Promise<StoredValue> {
  const head = await source.read(0, Math.min(source.size, largestPickle));
  const storages = new Map<string, Storage>();
  const load = (id: StoredValue): StoredValue => loadLegacy(source, storages, id);
  let position = legacyMagic.length;
  const next = (): StoredValue => {
    const { value, end } = unpickle(head, position, { findName: findTorchName, load });
    position = end;
    return value;
  };
  if (next() !== knownProtocol) throw new FileFault(`its protocol is not ${knownProtocol}`);
  const machine = next();
  if (machine instanceof Map && machine.get("little_endian") === false)
    throw new FileFault("its numbers are big-endian");
  const value = next();
  await placeStorages(source, storages, next(), position);
  return value;
}

function loadLegacy(
  source: ByteSource,
  storages: Map<string, Storage>,
  id: StoredValue,
): StoredValue {
  // The class of a pickled module, with its source text: ('module', class, file, text).
  if (Array.isArray(id) && id[0] === "module" && id[1] instanceof AllowedName) return id[1];
  const { dtype, key, length, rest } = storageId(id);
  if (rest[0] !== undefined && rest[0] !== null)
    throw new FileFault(`its storage "${key}" is a view of another one, as before torch 0.4`);
  const known = storages.get(key);
  if (known?.dtype === dtype && known.length === length) return known;
  if (known) throw new FileFault(`its storage "${key}" is claimed with two types or lengths`);
  const storage = new Storage(source, dtype, length);
  storages.set(key, storage);
  return storage;
}

/** Finds the storages, which lie one behind the other from `start` on in the order of `keys`. */
async function placeStorages(
  source: ByteSource,
  storages: ReadonlyMap<string, Storage>,
  keys: StoredValue,
  start: number,
): Promise<void> {
  if (!Array.isArray(keys) || new Set(keys).size !== storages.size || keys.length !== storages.size)
    throw new FileFault("its list of storages does not fit its tensors");
  let position = start;
  for (const key of keys) {
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    if (!storage) throw new FileFault(`its storage "${String(key)}" belongs to no tensor`);
    const count = new DataView((await source.read(position, 8)).buffer).getBigUint64(0, true);
    if (count !== BigInt(storage.length))
      throw new FileFault(
        `its storage "${key}" has ${count} elements and claims ${storage.length}`,
      );
    storage.place(position + 8);
    position += 8 + storage.bytes;
  }
}
