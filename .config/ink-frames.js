import { readFile } from "node:fs/promises";
import { replaced } from "./replaced.js";

/**
 * Has Ink keep what it read out of a row from one frame to the next. It takes each row of each frame apart into its
 * characters anew, which is half of the time from a key to its frame, and most rows are as they were.
 *
 * @type {import("esbuild").Plugin}
 */
export const inkFrames = {
  name: "ink-frames",
  setup(build) {
    build.onLoad({ filter: /ink\/build\/output\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const kept = replaced(text, "caches = new OutputCaches();", "caches = cachesOfLastFrames();");
      const cell =
        /row\.push\(\{\s*type: 'char',\s*value: ' ',\s*fullWidth: false,\s*styles: \[\],\s*\}\);/u;
      return { contents: replaced(kept, cell.exec(kept)?.[0] ?? "", "row.push(blank);") + keeping };
    });
  },
};

// Rows that are no more drawn are forgotten now and then, all at once.
const keeping = `
const blank = Object.freeze({ type: "char", value: " ", fullWidth: false, styles: [] });
let caches = new OutputCaches();
function cachesOfLastFrames() {
  if (caches.styledChars.size > 1000) caches = new OutputCaches();
  return caches;
}`;
