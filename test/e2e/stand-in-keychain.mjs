// Preloaded into the program by NODE_OPTIONS: puts a file in the place of the system's keychain, by its binding's name.
import Module from "node:module";

const { searchParams } = new URL(import.meta.url);
const resolve = Module._resolveFilename;

Module._resolveFilename = (name, ...more) =>
  name === "@napi-rs/keyring" ? searchParams.get("binding") : resolve(name, ...more);
