/**
 * @file Every class and function that a torch pickle may name, and the plain data that stands in for it [SPEC §7.0, §7.1].
 * A file that names anything else is refused: nothing here runs code, but such a file is not what it claims to be.
 */
import { FileFault } from "../../files/file-fault.js";
import { AllowedName, StoredObject, type StoredValue } from "../values.js";
import { rebuildFromType, rebuilds } from "./rebuild-tensor.js";
import { storageTypes } from "./storage-types.js";

type Make = AllowedName["make"];

/** Classes known by name only. Patterns hold whole families; their members differ in nothing that is read here. */
const opaqueClasses: readonly RegExp[] = [
  /^dall_e\.(encoder|decoder|utils)\.[A-Z]\w*$/,
  /^torch\.nn\.modules\.[a-z_]+\.[A-Z]\w*$/,
  // TorchScript's own classes.
  /^__torch__(\.\w+)+$/,
  // What Lightning and its config library leave beside the weights of a checkpoint.
  /^(pytorch_lightning|lightning|lightning_fabric)(\.[a-z_]+)+\.[A-Z]\w*$/,
  /^omegaconf(\.[a-z_]+)+\.[A-Z]\w*$/,
  /^(typing|argparse|pathlib)\.[A-Z]\w*$/,
  /^datetime\.(datetime|date|time|timedelta|timezone)$/,
  /^numpy\.dtype$/,
  /^numpy\.(_?core)\.multiarray\.(scalar|_reconstruct)$/,
  /^_codecs\.encode$/,
];

const makers: Readonly<Record<string, Make>> = {
  "collections.OrderedDict": dict,
  "collections.Counter": dict,
  "collections.defaultdict": ([, items]) => dict(items === undefined ? [] : [items]),
  "builtins.dict": dict,
  "builtins.set": list,
  "builtins.frozenset": list,
  "builtins.list": list,
  "builtins.tuple": list,
  "torch.Size": list,
  "torch.device": ([name, index]) => (index === undefined ? text(name) : `${name}:${index}`),
  ...Object.fromEntries(rebuilds),
  "torch._tensor._rebuild_from_type_v2": rebuildFromType,
  "torch._utils._rebuild_parameter": first,
  "torch._utils._rebuild_parameter_with_state": first,
  "torch.jit._pickle.build_intlist": first,
  "torch.jit._pickle.build_doublelist": first,
  "torch.jit._pickle.build_boollist": first,
  "torch.jit._pickle.build_tensorlist": first,
  "torch.jit._pickle.restore_type_tag": first,
};

/** The stand-in of a class or function of a torch pickle. */
export function findTorchName(module: string, name: string): AllowedName {
  // Python 2, and protocol 2 for its sake, call the module of built-in names otherwise.
  const full = `${module === "__builtin__" ? "builtins" : module}.${name}`;
  const maker = Object.hasOwn(makers, full) ? makers[full] : undefined;
  if (maker) return new AllowedName(full, maker);
  if (storageTypes.has(full) || dtypeName.test(full) || valueTypes.test(full))
    return new AllowedName(full, refuseCall(full));
  if (opaqueClasses.some((pattern) => pattern.test(full)))
    return new AllowedName(full, () => new StoredObject(full));
  throw new FileFault(`it asks for "${full}", which no checkpoint of the family needs`);
}

/** Element types as values, such as torch.float16. */
const dtypeName =
  /^torch\.(float|bfloat|half|double|int|uint|long|short|bool|qu?int|complex)\d*(_e\dm\d[a-z]*)?$/;

/** Types as values: what the keys of a config are, and of what class an array or a tensor is made. */
const valueTypes =
  /^(builtins\.(int|float|complex|bool|str|bytes|object)|numpy\.ndarray|torch\.Tensor)$/;

function refuseCall(name: string): Make {
  return () => {
    throw new FileFault(`it calls "${name}", which is no function`);
  };
}

/** A dict from nothing, from a dict, or from a list of pairs. */
function dict([items]: readonly StoredValue[]): StoredValue {
  if (items === undefined) return new Map();
  const pairs = items instanceof Map ? [...items] : items;
  const isPairs = (value: StoredValue): value is [StoredValue, StoredValue][] =>
    Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
  if (!isPairs(pairs)) throw new FileFault("it makes a dict of what are no pairs");
  return new Map(pairs);
}

function list([entries]: readonly StoredValue[]): StoredValue {
  if (entries === undefined) return [];
  if (!Array.isArray(entries)) throw new FileFault("it makes a list of what is no list");
  return entries;
}

function first([value]: readonly StoredValue[]): StoredValue {
  if (value === undefined) throw new FileFault("it calls a function without arguments");
  return value;
}

function text(value: StoredValue | undefined): string {
  if (typeof value !== "string") throw new FileFault("it has text that is none");
  return value;
}
