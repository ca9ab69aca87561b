import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/**
 * Bundles the program and the library into dist/: an entry for each, and a chunk for each thing that is loaded only
 * when needed.
 */
export async function bundle() {
  await rm("dist", { recursive: true, force: true });
  const bundled = await build({
    entryPoints: ["src/main.ts", "src/library.ts"],
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
  await declare("library.ts");
  return bundled;
}

/**
 * Puts the declarations of a module, and of what they name, into dist/.
 * @param {string} entry below src/
 */
async function declare(entry) {
  const all = await mkdtemp(join(tmpdir(), "machinist-types-"));
  const flags = ["--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--stripInternal"];
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      "node_modules/typescript/bin/tsc",
      "--project",
      ".config/declarations.json",
      ...flags,
      "--outDir",
      all,
    ],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`The declarations could not be made:\n${stdout}`);
  const wanted = [entry];
  for (const name of wanted) {
    const from = name.replace(/\.ts$/u, ".d.ts");
    const text = await readFile(join(all, from), "utf8");
    for (const [, path = ""] of text.matchAll(/from "(\.[^"]+\.ts)"/gu)) {
      const needed = join(dirname(name), path);
      if (!wanted.includes(needed)) wanted.push(needed);
    }
    await cp(join(all, from), join("dist", from), { recursive: true });
    await writeFile(join("dist", from), text.replaceAll(/(from "\.[^"]+)\.ts"/gu, '$1.js"'));
  }
  await rm(all, { recursive: true, force: true });
}

if (import.meta.filename === process.argv[1]) await bundle();
