import { rm } from "node:fs/promises";
import { build } from "esbuild";

/** Bundles src/main.ts into dist/: one entry, and a chunk for each thing that is loaded only when needed. */
export async function bundle() {
  await rm("dist", { recursive: true, force: true });
  return build({
    entryPoints: ["src/main.ts"],
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.18",
    minify: true,
    keepNames: true,
    metafile: true,
    legalComments: "external",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    // Ink asks for the React development tools only when DEV=true; they are not shipped.
    alias: { "react-devtools-core": "./.config/no-devtools.js" },
    // Some bundled packages are CommonJS and call require for Node's own modules.
    banner: {
      js: 'import { createRequire as machinistRequire } from "node:module"; const require = machinistRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}

if (import.meta.filename === process.argv[1]) await bundle();
