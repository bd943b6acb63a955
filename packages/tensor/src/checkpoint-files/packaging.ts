/** @file What checkpoints come in, or what stands for them, where it was given in their place: archives, and git's pointers. */
import type { ByteSource } from "../files/byte-source.js";
import { FileFault } from "../files/file-fault.js";

/** The next step with an archive that holds a checkpoint. */
export const unpack = "unpack it and give the files in it";

/** How each begins, or what it has at `position`, and what to do with it. */
const packagings: readonly {
  readonly mark: string;
  readonly position: number;
  readonly what: string;
  readonly nextStep: string;
}[] = [
  { mark: "\x1f\x8b", position: 0, what: "an archive of gzip", nextStep: unpack },
  { mark: "ustar", position: 257, what: "an archive of tar", nextStep: unpack },
  {
    mark: "version https://git-lfs",
    position: 0,
    what: "git's pointer to a file that was not fetched",
    nextStep: "run `git lfs pull` in its repository and give the file again",
  },
];

/** A `FileFault` with its next step where a source is one of them. */
export async function refusePackaging(source: ByteSource): Promise<void> {
  const head = await source.read(0, Math.min(source.size, 512));
  const text = Buffer.from(head).toString("latin1");
  for (const { mark, position, what, nextStep } of packagings)
    if (text.startsWith(mark, position)) throw new FileFault(`it is ${what}`, { nextStep });
}
