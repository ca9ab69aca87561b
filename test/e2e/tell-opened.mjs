// Preloaded into the program by NODE_OPTIONS: writes a line to file descriptor 3 when the program opens the app's file.
import { writeSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const open = fs.open;
fs.open = function (path, ...args) {
  if (String(path).endsWith(".platform.app.yaml")) writeSync(3, "opened\n");
  return open.call(this, path, ...args);
};
syncBuiltinESMExports();
