import { readFile } from "node:fs/promises";

const made = "const segmenter = new Intl.Segmenter();";
const madeLate =
  "let made; const segmenter = { segment: (text) => (made ??= new Intl.Segmenter()).segment(text) };";

/**
 * String-width makes what takes a text apart by Unicode's rules when it is loaded, which takes a tenth of the time of
 * `--help`. Few texts need it: it is made for the first of them.
 *
 * @type {import("esbuild").Plugin}
 */
export const lateSegmenter = {
  name: "late-segmenter",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/string-width\/index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(made)) throw new Error(`${path} no longer says: ${made}`);
      return { contents: source.replace(made, madeLate) };
    });
  },
};
