// How the unit tests run; browser tests are Playwright's.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/**/*.test.ts", "test/**/*.test.tsx"], environment: "node" },
});
