import { readFile } from "node:fs/promises";
import { replaced } from "./replaced.js";

const embedded = /base64,([A-Za-z0-9+/=]{1000,})/u;

/**
 * Takes the top-level awaits out of Ink and Yoga, which CommonJS can't have. Yoga's module for the layout is compiled
 * at once instead of through `fetch`, which saves some 30 ms before the first frame; Ink's development tools, for
 * which it waits, are not shipped.
 *
 * @type {import("esbuild").Plugin}
 */
export const noTopLevelAwait = {
  name: "no-top-level-await",
  setup(build) {
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/, namespace: "file" }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const [whole = ""] = embedded.exec(text) ?? [];
      const bare = replaced(text, whole, "base64,");
      return { contents: replaced(bare, "import.meta.url", '""') };
    });
    build.onLoad({ filter: /yoga-layout\/dist\/src\/index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const loading = "const Yoga = wrapAssembly(await loadYoga());";
      return { contents: replaced(text, loading, atOnce) };
    });
    build.onResolve({ filter: /^yoga\.wasm$/ }, ({ importer }) => ({
      path: importer.replace(/src\/index\.js$/u, "binaries/yoga-wasm-base64-esm.js"),
      namespace: "yoga-wasm",
    }));
    build.onLoad({ filter: /./, namespace: "yoga-wasm" }, async ({ path }) => {
      const [, bytes = ""] = embedded.exec(await readFile(path, "utf8")) ?? [];
      return { contents: Buffer.from(bytes, "base64"), loader: "binary" };
    });
    build.onLoad({ filter: /ink\/build\/reconciler\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const tools = replaced(text, "await import('./devtools.js');", "");
      const name = replaced(tools, "await loadPackageJson()", "{}");
      return { contents: replaced(name, "import.meta.url", '"file:///"') };
    });
  },
};

const atOnce = `
import wasm from "yoga.wasm";
const assembly = {
  instantiateWasm(imports, done) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), imports);
    done(instance);
    return instance.exports;
  },
};
loadYoga(assembly);
const Yoga = wrapAssembly(assembly);`;
