/**
 * @file The operations of pickles, by opcode: those of protocol 2, which torch writes [SPEC §7.0], and what Python 2 and
 * protocol 4 use instead. Left out: text numbers of protocol 0, INST and OBJ, extension codes, out-of-band buffers.
 */
import { FileFault } from "../../files/file-fault.js";
import type { StoredValue } from "../values.js";
import { addEntries, build, dictOf, make, setItems } from "./containers.js";
import { longestName } from "./limits.js";
import type { PickleMachine } from "./machine.js";

type Operation = (machine: PickleMachine) => void;

export const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  // Frame: PROTO, FRAME, STOP.
  [0x80, ({ reader }) => void reader.uint8()],
  [0x95, ({ reader }) => void reader.uint64()],
  [
    0x2e,
    (machine) => {
      machine.stopped = true;
    },
  ],
  // Literals: NONE, NEWTRUE, NEWFALSE, BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT.
  [0x4e, (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  [0x4a, (machine) => machine.push(machine.reader.int32())],
  [0x4b, (machine) => machine.push(machine.reader.uint8())],
  [0x4d, (machine) => machine.push(machine.reader.uint16())],
  [0x8a, (machine) => machine.push(machine.reader.integer(machine.reader.uint8()))],
  [0x8b, (machine) => machine.push(machine.reader.integer(machine.reader.uint32()))],
  [0x47, (machine) => machine.push(machine.reader.float64())],
  // Text: BINUNICODE, SHORT_BINUNICODE, BINUNICODE8, and BINSTRING, SHORT_BINSTRING of Python 2.
  [0x58, (machine) => machine.push(machine.reader.text(machine.reader.uint32()))],
  [0x8c, (machine) => machine.push(machine.reader.text(machine.reader.uint8()))],
  [0x8d, (machine) => machine.push(machine.reader.text(machine.reader.uint64()))],
  [0x54, (machine) => machine.push(machine.reader.bytesAsText(machine.reader.uint32()))],
  [0x55, (machine) => machine.push(machine.reader.bytesAsText(machine.reader.uint8()))],
  // Bytes: BINBYTES, SHORT_BINBYTES.
  [0x42, (machine) => machine.pushNew(machine.reader.bytes(machine.reader.uint32()))],
  [0x43, (machine) => machine.pushNew(machine.reader.bytes(machine.reader.uint8()))],
  // The stack: MARK, POP, POP_MARK, DUP.
  [0x28, (machine) => machine.mark()],
  [0x30, (machine) => void machine.pop()],
  [0x31, (machine) => void machine.popToMark()],
  [0x32, (machine) => machine.push(machine.top())],
  // The memo: BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET.
  [0x71, (machine) => machine.remember(machine.reader.uint8())],
  [0x72, (machine) => machine.remember(machine.reader.uint32())],
  [0x94, (machine) => machine.remember(machine.memo.size)],
  [0x68, (machine) => machine.recall(machine.reader.uint8())],
  [0x6a, (machine) => machine.recall(machine.reader.uint32())],
  // Lists, tuples and sets: EMPTY_LIST, LIST, APPEND, APPENDS, EMPTY_TUPLE, TUPLE, TUPLE1 to TUPLE3, EMPTY_SET,
  // FROZENSET, ADDITEMS.
  [0x5d, (machine) => machine.pushNew([])],
  [0x6c, (machine) => machine.pushNew(machine.popToMark())],
  [0x61, (machine) => addEntries(machine, [machine.pop()])],
  [0x65, (machine) => addEntries(machine, machine.popToMark())],
  [0x29, (machine) => machine.pushNew([])],
  [0x74, (machine) => machine.pushNew(machine.popToMark())],
  [0x85, (machine) => tuple(machine, 1)],
  [0x86, (machine) => tuple(machine, 2)],
  [0x87, (machine) => tuple(machine, 3)],
  [0x8f, (machine) => machine.pushNew([])],
  [0x91, (machine) => machine.pushNew(machine.popToMark())],
  [0x90, (machine) => addEntries(machine, machine.popToMark())],
  // Dicts: EMPTY_DICT, DICT, SETITEM, SETITEMS.
  [0x7d, (machine) => machine.pushNew(new Map())],
  [0x64, (machine) => machine.pushNew(dictOf(machine.popToMark()))],
  [
    0x73,
    (machine) => {
      const value = machine.pop();
      setItems(machine, [machine.pop(), value]);
    },
  ],
  [0x75, (machine) => setItems(machine, machine.popToMark())],
  // Names and objects: GLOBAL, STACK_GLOBAL, REDUCE, NEWOBJ, NEWOBJ_EX, BUILD, BINPERSID.
  [0x63, (machine) => name(machine, machine.reader.line(), machine.reader.line())],
  [
    0x93,
    (machine) => {
      const own = machine.pop();
      name(machine, machine.pop(), own);
    },
  ],
  [0x52, make],
  [0x81, make],
  [
    0x92,
    (machine) => {
      machine.pop(); // the keyword arguments
      make(machine);
    },
  ],
  [0x62, build],
  [0x51, (machine) => machine.push(machine.world.load(machine.pop()))],
]);

function tuple(machine: PickleMachine, length: number): void {
  const entries = Array.from({ length }, () => machine.pop());
  machine.pushNew(entries.reverse());
}

function name(machine: PickleMachine, module: StoredValue, own: StoredValue): void {
  if (typeof module !== "string" || typeof own !== "string")
    throw new FileFault("its pickle names a class that is not text");
  if (module.length > longestName || own.length > longestName)
    throw new FileFault(`its pickle names a class in over ${longestName} characters`);
  machine.pushNew(machine.world.findName(module, own));
}
