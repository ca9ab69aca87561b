/**
 * Takes of undici the dispatchers that the API is asked through. Its index loads all of it, with fetch, web sockets,
 * caches and mocks: a third of a megabyte, which every run that asks the API would read.
 *
 * @type {import("esbuild").Plugin}
 */
export const undiciInPart = {
  name: "undici-in-part",
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ resolveDir }) => ({
      path: "undici",
      namespace: "undici-in-part",
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /./, namespace: "undici-in-part" }, ({ pluginData: resolveDir }) => ({
      // As undici's index has it: the methods of a dispatcher are put on it from outside.
      contents: `
        const Dispatcher = require("undici/lib/dispatcher/dispatcher.js");
        Object.assign(Dispatcher.prototype, require("undici/lib/api/index.js"));
        exports.Agent = require("undici/lib/dispatcher/agent.js");
        exports.Pool = require("undici/lib/dispatcher/pool.js");
        exports.EnvHttpProxyAgent = require("undici/lib/dispatcher/env-http-proxy-agent.js");`,
      resolveDir,
    }));
  },
};
