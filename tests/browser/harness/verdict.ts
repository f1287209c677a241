// The last line of a run: how many tests passed and failed. What was not run has not passed.
import type { FullResult, Reporter, Suite } from "@playwright/test/reporter";

export default class Verdict implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const all = this.suite?.allTests() ?? [];
    const passed = all.filter((test) => test.outcome() === "expected" && test.results.length > 0).length;
    process.stdout.write(`\n${passed} passed, ${all.length - passed} failed\n`);
    if (result.status !== "passed") process.exitCode = 1;
  }

  printsToStdio(): boolean {
    return true;
  }
}
