/** @file The log of a run where its disk says no. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appendMetrics } from "../../src/run/metrics-log.js";

test("a row that cannot be written names its file and the next step", async () => {
  const folder = join(tmpdir(), "dalle-no-such-run");
  await expect(appendMetrics(folder, { step: 1 })).rejects.toMatchObject({
    code: "io",
    message: expect.stringMatching(
      /^Cannot write \S+dalle-no-such-run.metrics\.jsonl: ENOENT.*; check .* by the same command\.$/,
    ),
  });
});
