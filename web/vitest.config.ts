// How the unit tests run; browser tests are Playwright's. The sync layer's run a second time where sockets are blocked.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "socket", include: ["test/**/*.test.ts", "test/**/*.test.tsx"], environment: "node" } },
      {
        test: {
          name: "line",
          include: ["test/sync/sync.test.ts", "test/sync/faults.test.ts"],
          environment: "node",
          env: { SAMVERK_CARRIER: "line" },
        },
      },
    ],
  },
});
