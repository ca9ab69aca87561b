// Preloaded into the program by NODE_OPTIONS: has it crash at the moment that a test sends SIGUSR2.
import { readFileSync } from "node:fs";

const { searchParams } = new URL(import.meta.url);

process.on("SIGUSR2", () => {
  // The worst that a message can do is to hold the secrets.
  const failure = new Error(`crashed with ${readFileSync(searchParams.get("secrets"), "utf8")}`);
  if (searchParams.get("how") === "throw") throw failure;
  void Promise.reject(failure);
});
