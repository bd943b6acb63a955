import { defineConfig } from "vitest/config";

// The "@dalle-ts/source" condition runs TypeScript sources directly, so tests need no build.
export default defineConfig({
  resolve: { conditions: ["@dalle-ts/source"] },
  ssr: { resolve: { conditions: ["@dalle-ts/source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A busy machine is no failure: these only end what hangs.
    testTimeout: 900_000,
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 900_000,
  },
});
