import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { build, transform } from "esbuild";
import { inkFrames } from "./ink-frames.js";
import { lateStringWidth } from "./late-string-width.js";
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

/**
 * Conf can hold what it keeps to a JSON schema, and brings a validator for that. The preferences are read by valibot.
 *
 * @type {import("esbuild").Plugin}
 */
const noSchemasOfConf = {
  name: "no-schemas-of-conf",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^ajv/ }, ({ importer }) =>
      /node_modules\/conf\//u.test(importer)
        ? { path: "ajv", namespace: "no-schemas-of-conf" }
        : undefined,
    );
    onLoad({ filter: /./, namespace: "no-schemas-of-conf" }, () => ({
      contents: "export const Ajv2020 = undefined; export default {};",
    }));
  },
};

/**
 * What Conf writes files with sends a signal to the process a second time once it has tidied up, and to us a second one
 * says to end at once. Tidying up when the process exits is enough: it always exits by itself.
 *
 * @type {import("esbuild").Plugin}
 */
const signalsOnce = {
  name: "signals-once",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^when-exit$/ }, () => ({ path: "when-exit", namespace: "signals-once" }));
    onLoad({ filter: /./, namespace: "signals-once" }, () => ({
      contents: 'export default (callback) => void process.once("exit", callback);',
    }));
  },
};

/**
 * Ink draws nothing before its end where the environment has CI, also an empty one, or CONTINUOUS_INTEGRATION. Whether
 * there are screens is decided before Ink is loaded; once it is, they are to be seen.
 *
 * @type {import("esbuild").Plugin}
 */
const drawsAlways = {
  name: "draws-always",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^is-in-ci$/ }, () => ({ path: "is-in-ci", namespace: "draws-always" }));
    onLoad({ filter: /./, namespace: "draws-always" }, () => ({
      contents: "export default false;",
    }));
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
  plugins: [
    noTopLevelAwait,
    inkFrames,
    undiciInPart,
    noOtherPrograms,
    noSchemasOfConf,
    signalsOnce,
    drawsAlways,
    lateStringWidth,
  ],
});

/**
 * What is loaded together, by what loads it: opening a hundred small files takes an audit longer than running them. Each
 * pack is a file of dist that holds others as functions; those are not in dist by themselves.
 */
const packs = {
  main: ["src/main.ts"],
  audit: [
    "src/commands/audit/options.ts",
    "src/commands/audit/fleet/request.ts",
    "src/commands/audit/place.ts",
    "src/commands/audit/run.ts",
    "src/report/source.ts",
  ],
};

/** Node runs these by itself, without the launcher. */
const alone = ["src/signal-watcher.ts"];

async function program() {
  const { outputFiles, metafile } = await build({ ...ofProgram, metafile: true });
  const { outputs } = metafile;
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { path, text } of outputFiles) {
    const file = basename(path);
    texts.set(file, await commonJs(text, outputs[`dist/${file}`]?.exports ?? []));
  }

  await mkdir("dist", { recursive: true });
  const main = filesOf(outputs, packs.main);
  const audit = filesOf(outputs, packs.audit).filter((file) => !main.includes(file));
  const kept = filesOf(outputs, alone);
  for (const [file, text] of texts)
    if (kept.includes(file) || ![...main, ...audit].includes(file))
      await writeFile(join("dist", file), text);
  /** @type {Record<string, readonly [pack: string, start: number, end: number]>} */
  const parts = {};
  /** @param {string} pack @param {readonly string[]} files @returns {string} */
  const packed = (pack, files) => {
    let text = "exports.files = { ";
    for (const file of files) {
      text += `${JSON.stringify(file)}: function (exports, require, module, __filename, __dirname) { `;
      const start = text.length;
      text += `${texts.get(file)}\n`;
      parts[file] = [pack, start, text.length];
      text += "},\n";
    }
    return `${text}};\n`;
  };
  const audited = `exports.audit = ${JSON.stringify(audit)};\n`;
  await writeFile("dist/main.cjs", packed("main.cjs", main) + audited);
  await writeFile("dist/audit.cjs", packed("audit.cjs", audit));

  // The library is a module to those who import it, and has its parts from the files of the program.
  await cp(".config/from-packs.cjs", "dist/from-packs.cjs");
  await writeFile("dist/parts.json", JSON.stringify(parts));
  for (const door of ["library", "yaml", "shell"]) {
    const names = outputs[`dist/${door}.cjs`]?.exports.join(", ");
    const facade = `import packs from "./from-packs.cjs";\nexport const { ${names} } = packs.load("${door}.cjs");\n`;
    await writeFile(`dist/${door}.js`, facade);
  }
}

/**
 * The files of dist that are loaded with some modules.
 *
 * @param {import("esbuild").Metafile["outputs"]} outputs
 * @param {readonly string[]} sources the modules, which are loaded by themselves
 * @returns {readonly string[]} their names
 */
function filesOf(outputs, sources) {
  const files = sources.map((source) => {
    const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
    if (found === undefined) throw new Error(`${source} is not loaded by itself any more`);
    return found[0];
  });
  for (const file of files)
    for (const { kind, path } of outputs[file]?.imports ?? [])
      if (kind === "import-statement" && path in outputs && !files.includes(path)) files.push(path);
  return files.map((file) => basename(file));
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

/**
 * A module in CommonJS, where every import is a call of `require`. What it exports are getters of one object: esbuild's own
 * are two behind each other, which took an audit of one file a twenty-fifth of its time. They are made after the imports,
 * which is no matter, as files that are split by what loads them don't import each other in a circle.
 *
 * @param {string} module @param {readonly string[]} exported the names
 * @returns {Promise<string>}
 */
async function commonJs(module, exported) {
  const url = 'const machinistUrl=require("node:url").pathToFileURL(__filename).href;';
  const named = module.replaceAll("import.meta.url", "machinistUrl");
  const { code } = await transform(exported.length === 0 ? named : withGetters(named, exported), {
    format: "cjs",
    platform: "node",
    target: "node20.18",
    minify: true,
    supported: { "dynamic-import": false },
    logLevel: "warning",
  });
  // The launcher reads the files undecoded. Of all that esbuild writes only patterns keep such letters: there they never fit.
  const other = /[^\0-\x7f]/u.exec(code);
  if (other !== null)
    throw new Error(
      `A pattern of the program holds ${other[0]} itself, write \\u{…} in it: ${code.slice(Math.max(0, other.index - 60), other.index + 20)}`,
    );
  return code.includes("machinistUrl") ? url + code : code;
}

/** @param {string} module that ends in `export{one as other};` @param {readonly string[]} exported @returns {string} */
function withGetters(module, exported) {
  const { 0: statement = "", 1: list = "" } = /export\{([^{}]*)\};\s*$/u.exec(module) ?? [];
  const getters = list.split(",").map((one) => {
    const [name, as = name] = one.split(" as ");
    return { as, text: `get ${as}(){return ${name}}` };
  });
  const found = getters.map(({ as }) => as);
  if (found.length !== exported.length || !exported.every((name) => found.includes(name)))
    throw new Error(`A file exports ${exported.join(", ")}, and ends in ${module.slice(-200)}`);
  const members = ["__esModule:true", ...getters.map(({ text }) => text)].join(",");
  return `${module.slice(0, module.lastIndexOf(statement))}module.exports={${members}};`;
}

/**
 * Puts the declarations of modules, and of what they name, into dist/.
 * @param {readonly string[]} entries below src/
 */
async function declare(entries) {
  const all = await mkdtemp(join(tmpdir(), "machinist-types-"));
  try {
    await declareFrom(all, entries);
  } finally {
    await rm(all, { recursive: true, force: true });
  }
}

/** @param {string} all a folder for every declaration @param {readonly string[]} entries below src/ */
async function declareFrom(all, entries) {
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
}

if (import.meta.filename === process.argv[1]) await bundle();
