import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";
import { noTopLevelAwait } from "./no-top-level-await.js";
import { undiciInPart } from "./undici-in-part.js";

/**
 * Bundles the program and the library into dist/. Both are CommonJS, a file for each thing that is loaded only
 * when needed: the launcher can keep the compiled code of such files between runs, and can't of modules.
 */
export async function bundle() {
  await rm("dist", { recursive: true, force: true });
  await program();
  await declare(["library.ts", "library/yaml.ts", "library/shell.ts"]);
}

/**
 * Commander starts other programs as commands, which ours has none of. Without that, what Node has for it, and for the
 * network with it, is not loaded for every command line.
 *
 * @type {import("esbuild").Plugin}
 */
const noOtherPrograms = {
  name: "no-other-programs",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /node_modules\/commander\//u.test(importer)
        ? { path: "child_process", namespace: "no-other-programs" }
        : undefined,
    );
    onLoad({ filter: /./, namespace: "no-other-programs" }, () => ({ contents: "" }));
  },
};

/** Only modules are split into files by what loads them; each file becomes CommonJS after that. */
export const ofProgram = /** @type {const} @satisfies {import("esbuild").BuildOptions} */ ({
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.18",
  minify: true,
  // THIRD-PARTY-NOTICES has them, with the texts they refer to.
  legalComments: "none",
  logLevel: "warning",
  entryPoints: {
    main: "src/main.ts",
    library: "src/library.ts",
    yaml: "src/library/yaml.ts",
    shell: "src/library/shell.ts",
    "signal-watcher": "src/signal-watcher.ts",
  },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  splitting: true,
  write: false,
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [noTopLevelAwait, undiciInPart, noOtherPrograms],
});

async function program() {
  const { outputFiles, metafile } = await build({ ...ofProgram, metafile: true });
  await mkdir("dist", { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, await commonJs(text));
  // The library is a module to those who import it, and has its parts from the files of the program.
  for (const door of ["library", "yaml", "shell"]) {
    const names = metafile.outputs[`dist/${door}.cjs`]?.exports.join(", ");
    const facade = `import library from "./${door}.cjs";\nexport const { ${names} } = library;\n`;
    await writeFile(`dist/${door}.js`, facade);
  }
}

/**
 * The folders of the packages of which something is in the bundles.
 * @returns {Promise<readonly string[]>} as "node_modules/yaml", sorted
 */
export async function bundledPackages() {
  const { metafile } = await build({ ...ofProgram, metafile: true });
  const folders = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(path)?.[0] ?? [])
    .map((folder) => folder.slice(folder.indexOf("node_modules")));
  return [...new Set(folders)].sort();
}

/** @param {string} module @returns {Promise<string>} the same in CommonJS, where every import is a call of `require` */
async function commonJs(module) {
  const { code } = await transform(module, {
    format: "cjs",
    platform: "node",
    target: "node20.18",
    minify: true,
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "machinistUrl" },
    logLevel: "warning",
  });
  const url = 'const machinistUrl=require("node:url").pathToFileURL(__filename).href;';
  return code.includes("machinistUrl") ? url + code : code;
}

/**
 * Puts the declarations of modules, and of what they name, into dist/.
 * @param {readonly string[]} entries below src/
 */
async function declare(entries) {
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
  const wanted = [...entries];
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
