import { join } from "node:path";
import { build } from "esbuild";
import { ofProgram } from "../../.config/build.js";

/**
 * Bundles a program of this folder as the program itself is bundled: what runs a source file as it stands keeps the
 * names of all functions, which costs a third of the time.
 *
 * @param name without `.ts`
 * @param folder where the bundle is put
 * @returns its path
 */
export async function bundled(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  const { outdir: _many, outExtension: _commonJs, ...options } = ofProgram;
  await build({
    ...options,
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    splitting: false,
    write: true,
    banner: {
      js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);',
    },
  });
  return outfile;
}
