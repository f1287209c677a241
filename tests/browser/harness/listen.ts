// What the network brings to somebody, whether it is shown or not.
import type { Page } from "@playwright/test";

/** Everything from here on: bodies and frames, as text. */
export function listen(page: Page): { heard(): Promise<string> } {
  const parts: Promise<string>[] = [];
  page.on("response", (response) => parts.push(response.text().catch(() => "")));
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => parts.push(Promise.resolve(payload.toString("latin1")))),
  );
  return { heard: async () => (await Promise.all(parts)).join("\n") };
}
