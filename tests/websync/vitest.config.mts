// How the suite against the real server runs: one server, one test after another; by sockets, and where they are blocked.
import { defineConfig } from "vitest/config";

const suite = {
  // Measurements are run by hand: ./measure.
  include: process.env["SAMVERK_MEASURE"] ? ["*.measure.ts"] : ["*.test.ts"],
  environment: "node" as const,
  testTimeout: 40_000,
  hookTimeout: 40_000,
};

export default defineConfig({
  test: {
    fileParallelism: false,
    projects: [
      { test: { ...suite, name: "socket" } },
      { test: { ...suite, name: "line", env: { SAMVERK_CARRIER: "line" } } },
    ],
  },
});
