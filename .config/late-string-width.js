/**
 * Loads string-width for the first text that needs it: most texts are of letters that are one column wide, and its
 * patterns of all emoji would take a quarter of the time of `--help`.
 *
 * @type {import("esbuild").Plugin}
 */
export const lateStringWidth = {
  name: "late-string-width",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^string-width$/ }, ({ importer, resolveDir }) =>
      /src\/tui\/text-width\.ts$/u.test(importer)
        ? { path: "string-width", namespace: "late-string-width", pluginData: resolveDir }
        : undefined,
    );
    onLoad({ filter: /./, namespace: "late-string-width" }, ({ pluginData: resolveDir }) => ({
      contents: `
        let loaded;
        export default (text) => (loaded ??= require("string-width")).default(text);`,
      resolveDir,
    }));
  },
};
