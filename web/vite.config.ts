// How the web client is built: named chunks, the service worker with the list of them, and each asset
// beside its compressed copies.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

export default defineConfig({
  plugins: [react(), ownSyncOnly(), listShell(), precompress()],
  build: {
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", sw: "src/worker/worker.ts" },
      // Designsystemet does not say that its components are free of side effects; those unused are left out.
      treeshake: { moduleSideEffects: [{ test: /@digdir[\\/]designsystemet-react/, sideEffects: false }] },
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/,
              priority: 3,
            },
            { name: "automerge", test: /node_modules[\\/](@automerge|cbor-x)[\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
});

/** The library waits 100 ms before it sends an edit; it may test this client, and is never part of it. */
function ownSyncOnly(): Plugin {
  return {
    name: "samverk-own-sync-only",
    apply: "build",
    moduleParsed({ id }) {
      if (id.includes("automerge-repo")) this.error(`${id} must not be part of the client`);
    },
  };
}

/** Tells the service worker which files make the client, and gives their build a name. */
function listShell(): Plugin {
  let outDir = "";
  return {
    name: "samverk-list-shell",
    apply: "build",
    configResolved: (config) => void (outDir = resolve(config.root, config.build.outDir)),
    writeBundle() {
      const names = readdirSync(outDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(outDir.length))
        .filter((name) => !/^\/(index\.html|sw\.js)$|\.(br|gz|map)$/.test(name))
        .sort();
      const page = readFileSync(join(outDir, "index.html"));
      const version = createHash("sha256").update(page).update(names.join()).digest("hex").slice(0, 16);
      const assets = names.filter((name) => name.startsWith("/assets/"));
      const files = names.filter((name) => !name.startsWith("/assets/"));
      const worker = join(outDir, "sw.js");
      const shell = JSON.stringify({ version, assets, files });
      writeFileSync(worker, readFileSync(worker, "utf8").replaceAll("__SAMVERK_SHELL__", () => shell));
    },
  };
}

/** Writes `.br` and `.gz` beside each asset, so that the server never compresses while someone waits. */
function precompress(): Plugin {
  const quality = process.env["SAMVERK_RELEASE"] ? 11 : 9;
  let outDir = "";
  return {
    name: "samverk-precompress",
    apply: "build",
    configResolved: (config) => void (outDir = resolve(config.root, config.build.outDir)),
    closeBundle() {
      // Also called after an error, which is the one to tell.
      if (!existsSync(outDir)) return;
      for (const name of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
        if (!/\.(html|js|css|svg|wasm|json|txt|webmanifest)$/.test(name)) continue;
        const bytes = readFileSync(join(outDir, name));
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        writeFileSync(join(outDir, `${name}.br`), brotliCompressSync(bytes, { params }));
        writeFileSync(join(outDir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
