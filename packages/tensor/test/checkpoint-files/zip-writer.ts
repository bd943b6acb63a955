/** @file A tiny writer of zip archives with stored members, which can be told to lie about them. */

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the archive says of it. */
  readonly claims?: { length?: number; position?: number; method?: number };
}

export function zip(members: readonly Member[]): Uint8Array<ArrayBuffer> {
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
    const local = Buffer.concat([signature(0x04034b50), common, text, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(start, 10);
    // The central record has two more bytes of version in front.
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.alloc(2), common, rest, text]));
    parts.push(local);
    position += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(position, 12);
  return new Uint8Array(Buffer.concat([...parts, central, signature(0x06054b50), end]));
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
