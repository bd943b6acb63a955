/** @file A source as a stream: records in order, some read ahead, problems told on the way. */
import { DalleError } from "@dalle-ts/tensor";
import { isProblem, type PictureRecord, type PictureSource, type Problem } from "./record.js";

export interface Numbered<Value> {
  readonly index: number;
  readonly value: Value;
}

export interface MapRecordsOptions {
  /** First record. @default 0 */
  readonly from?: number;
  /** Records at work at a time; an integer >= 1. @default 4 */
  readonly ahead?: number;
  readonly signal?: AbortSignal;
  /** What the error says when it is stopped. @default that the command has to begin again */
  readonly stopped?: string;
}

const STOPPED = "Stopped before the end; run the same command again, which begins anew.";

/** `work` on every record, results in the order of the records. A record that cannot be read is passed on as its problem. */
export async function* mapRecords<Result extends object>(
  source: PictureSource,
  work: (record: PictureRecord, index: number) => Promise<Result | Problem>,
  { from = 0, ahead = 4, signal, stopped = STOPPED }: MapRecordsOptions = {},
): AsyncGenerator<Numbered<Result | Problem>> {
  const start = async (index: number): Promise<Result | Problem> => {
    const record = await source.read(index);
    return isProblem(record) ? record : work(record, index);
  };
  const running: Promise<Result | Problem>[] = [];
  let next = from;
  for (let index = from; index < source.count; index++) {
    if (signal?.aborted) throw new DalleError("aborted", stopped);
    for (; next < source.count && running.length < ahead; next++) {
      const result = start(next);
      result.catch(() => undefined); // told when its turn comes, and until then no unhandled rejection
      running.push(result);
    }
    yield { index, value: await running.shift()! };
  }
}

/** Throws unless there is something to work on, with the first problems as the explanation. */
export async function requireRecords(source: PictureSource): Promise<void> {
  if (source.count > 0) return;
  const seen: string[] = [];
  for await (const { file, reason } of source.problems()) {
    if (seen.push(`${file} ${reason}`) === 3) break;
  }
  const what = seen.length > 0 ? ` (${seen.join("; ")})` : "";
  throw new DalleError(
    "bad_data",
    `${source.path} holds no picture with a caption${what}; put cat.txt beside cat.jpg, or see \`dalle data check --help\` for the other layouts.`,
  );
}
