/** @file A tiny writer of zip archives with stored members, which can be told to lie about them. */

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the archive says of it. */
  readonly claims?: { length?: number; position?: number; method?: number };
}

/** large: whether lengths and places are written as those of archives over 4 GiB are. */
export function zip(members: readonly Member[], large = false): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const { name, bytes, claims = {} } of members) {
    const text = Buffer.from(name);
    const length = claims.length ?? bytes.length;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(claims.method ?? 0, 4);
    common.writeUInt32LE(length, 14);
    common.writeUInt32LE(length, 18);
    common.writeUInt16LE(text.length, 22);
    const start = claims.position ?? position;
    const local = Buffer.concat([signature(0x04034b50), Buffer.from(common), text, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(start, 10);
    // The central record has two more bytes of version in front.
    const extra = large ? elsewhere(common, rest, length, start) : Buffer.alloc(0);
    const record = [signature(0x02014b50), Buffer.alloc(2), common, rest, text, extra];
    directory.push(Buffer.concat(record));
    parts.push(local);
    position += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(position, 12);
  const middle = large ? largeEnd(members.length, central.length, position) : Buffer.alloc(0);
  if (large) end.fill(0xff, 4, 16);
  return new Uint8Array(Buffer.concat([...parts, central, middle, signature(0x06054b50), end]));
}

/** Moves the lengths and the place of a central record into an extra field of 64-bit numbers. */
function elsewhere(common: Buffer, rest: Buffer, length: number, start: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  for (const [index, value] of [length, length, start].entries())
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  common.fill(0xff, 14, 22);
  common.writeUInt16LE(extra.length, 24);
  rest.fill(0xff, 10, 14);
  return extra;
}

/** The end of the directory in 64-bit numbers, and where it lies. */
function largeEnd(count: number, length: number, position: number): Buffer {
  const end = Buffer.alloc(56);
  signature(0x06064b50).copy(end);
  end.writeBigUInt64LE(44n, 4);
  for (const [place, value] of Object.entries({ 24: count, 32: count, 40: length, 48: position }))
    end.writeBigUInt64LE(BigInt(value), Number(place));
  const locator = Buffer.alloc(20);
  signature(0x07064b50).copy(locator);
  locator.writeBigUInt64LE(BigInt(position + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end, locator]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
