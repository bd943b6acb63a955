import { defineConfig } from "vitest/config";

// The "@dalle-ts/source" condition runs TypeScript sources directly, so tests need no build.
export default defineConfig({
  resolve: { conditions: ["@dalle-ts/source"] },
  ssr: { resolve: { conditions: ["@dalle-ts/source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A busy machine is no failure.
    testTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
  },
});
