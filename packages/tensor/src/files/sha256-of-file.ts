/** @file What a file holds, as a hash; of whatever length, none of it stays in memory. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** In hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
