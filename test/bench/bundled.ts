import { join } from "node:path";
import { build } from "esbuild";

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
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    minify: true,
    banner: {
      js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);',
    },
  });
  return outfile;
}
