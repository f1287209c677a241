// How the suite against the real server runs: one server, one test after another.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    environment: "node",
    testTimeout: 40_000,
    hookTimeout: 40_000,
    fileParallelism: false,
  },
});
