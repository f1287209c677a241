// How the browser tests run: the real server, the system's Chromium, no retries.
import { defineConfig } from "@playwright/test";

const chromium = process.env["SAMVERK_CHROMIUM"] ?? "/usr/bin/chromium-headless-shell";
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The tests, or what is run by hand: pictures, measurements. */
const cases = process.env["SAMVERK_SCREENS"] ? "screens.ts" : process.env["SAMVERK_MEASURE"] ? "measure.ts" : "*.spec.ts";

export default defineConfig({
  testDir: "cases",
  testMatch: cases,
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["./harness/verdict.ts"]],
  use: {
    browserName: "chromium",
    // Shared memory in memory: in files, as Playwright has it, a test takes a sixth longer.
    launchOptions: { executablePath: chromium, args: flags, ignoreDefaultArgs: ["--disable-dev-shm-usage"] },
    viewport: { width: 1440, height: 1000 },
    locale: "nb-NO",
    timezoneId: "Europe/Oslo",
    acceptDownloads: true,
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
  },
});
