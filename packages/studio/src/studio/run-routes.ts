/** @file Training runs, read from their folders while they grow: metrics.jsonl and sheets of samples. */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { ApiError } from "../http/api-error.js";
import type { Environment, Services } from "../services.js";

const METRICS_FILE = "metrics.jsonl";
const SHEETS_FOLDER = "samples";
/** Of metrics in one answer; a page asks again from where it ended. */
const LARGEST_PART = 1_000_000;

export function runRoutes({ runs }: Services): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/runs", async (context) => context.json({ runs: await listRuns(runs) }));

  /** Whole lines from byte `after` on, or from 0 if the file was cut shorter, and where to go on. */
  routes.get("/runs/:name/metrics", async (context) => {
    const folder = await folderOf(runs, context.req.param("name"));
    const after = Math.max(0, Number.parseInt(context.req.query("after") ?? "0", 10) || 0);
    const part = await readLines(join(folder, METRICS_FILE), after);
    return context.json({ ...part, sheets: await sheetsOf(folder) });
  });
  routes.get("/runs/:name/sheets/:file", async (context) => {
    const folder = await folderOf(runs, context.req.param("name"));
    const sheet = (await sheetsOf(folder)).find((file) => file === context.req.param("file"));
    if (!sheet) throw new ApiError(404, "This run has no such sheet; choose another.");
    return context.body(await readFile(join(folder, SHEETS_FOLDER, sheet)), 200, {
      "content-type": "image/png",
    });
  });
  return routes;
}

/** Newest first: folders with metrics. */
async function listRuns(runs: string): Promise<{ name: string; changed: number }[]> {
  const names = await readdir(runs).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const metrics = await stat(join(runs, name, METRICS_FILE)).catch(() => undefined);
      return metrics?.isFile() ? [{ name, changed: Math.floor(metrics.mtimeMs) }] : [];
    }),
  );
  return found.flat().sort((a, b) => b.changed - a.changed);
}

/** Only a name that was listed is ever joined to a path. */
async function folderOf(runs: string, name: string): Promise<string> {
  const run = (await listRuns(runs)).find((each) => each.name === name);
  if (!run) throw new ApiError(404, "There is no such run; choose one of the list.");
  return join(runs, run.name);
}

async function sheetsOf(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, SHEETS_FOLDER)).catch(() => []);
  return files.filter((file) => file.endsWith(".png")).sort();
}

async function readLines(path: string, asked: number) {
  const file = await open(path);
  try {
    // A run that resumes drops what it had logged after its last checkpoint.
    const from = asked > (await file.stat()).size ? 0 : asked;
    const buffer = Buffer.alloc(LARGEST_PART);
    const { bytesRead } = await file.read(buffer, 0, LARGEST_PART, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf("\n") + 1; // the last line may be half written
    const lines = buffer.toString("utf8", 0, end).split("\n").filter(Boolean);
    return { lines: lines.flatMap(parsed), from, next: from + end };
  } finally {
    await file.close();
  }
}

function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return []; // a line that a killed run left half written
  }
}
