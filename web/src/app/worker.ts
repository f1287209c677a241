// Has the browser keep the app's files, so that the page opens again without a network.

/** Asks for the worker; browsers that have none, or forbid it, go on without. */
export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const newer = registration.waiting ?? (await installed(registration.installing));
    newer?.postMessage(new URL(import.meta.url).pathname);
  } catch (error) {
    console.info("The page cannot be kept for use without a network.", error);
  }
}

/** The worker once it has all files; nothing if it takes over by itself or gives up. */
function installed(worker: ServiceWorker | null): Promise<ServiceWorker | undefined> {
  return new Promise((resolve) => {
    if (!worker) return resolve(undefined);
    worker.addEventListener("statechange", () =>
      resolve(worker.state === "installed" ? worker : undefined),
    );
  });
}
