/** @file A place for the files of one test file. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder of its own, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dalle-test-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
