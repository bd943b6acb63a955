/** @file What a long job has done so far, in a file of its output folder: it goes on from there when it is started again. */
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { DalleError, replaceFiles } from "@dalle-ts/tensor";

export interface JobState<Settings extends object, Part extends object> {
  readonly formatVersion: 1;
  readonly kind: string;
  readonly settings: Settings;
  readonly parts: readonly Part[];
  readonly complete: boolean;
}

/** The state of an earlier session, or a fresh one. Other settings in the same folder are refused. */
export async function readJobState<Settings extends object, Part extends object>(
  path: string,
  kind: string,
  settings: Settings,
): Promise<JobState<Settings, Part>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return { formatVersion: 1, kind, settings, parts: [], complete: false };
  }
  const state = parseState<Settings, Part>(text);
  if (!state || state.kind !== kind) {
    throw new DalleError(
      "bad_file",
      `${path} is not the state of such a job; choose another folder with -o.`,
    );
  }
  if (JSON.stringify(state.settings) === JSON.stringify(settings)) return state;
  const changed = Object.keys(settings).filter(
    (key) =>
      JSON.stringify(state.settings[key as keyof Settings]) !==
      JSON.stringify(settings[key as keyof Settings]),
  );
  throw new DalleError(
    "bad_option",
    `${dirname(path)} was made with another ${changed.join(" and ")} (${basename(path)}); repeat the old options, or choose another folder with -o.`,
  );
}

export async function writeJobState(path: string, state: JobState<object, object>): Promise<void> {
  const text = `${JSON.stringify(state, undefined, 1)}\n`;
  await replaceFiles([{ path, fill: (file) => file.write(Buffer.from(text)) }]);
}

function parseState<Settings extends object, Part extends object>(
  text: string,
): JobState<Settings, Part> | undefined {
  try {
    const state = JSON.parse(text) as JobState<Settings, Part>;
    return state.formatVersion === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}
