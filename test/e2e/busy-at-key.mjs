// Preloaded into the program by NODE_OPTIONS: keeps it busy for good once "~" is typed, and says so.
import { writeSync } from "node:fs";

const { stdin } = process;
const on = stdin.on;
stdin.on = function (event, listener) {
  if (event !== "data") return on.call(this, event, listener);
  return on.call(this, event, (chunk) => {
    if (!String(chunk).includes("~")) return listener(chunk);
    writeSync(1, "busy for good");
    for (;;);
  });
};
