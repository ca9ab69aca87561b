import { afterEach, expect, test, vi } from "vitest";
import { setup } from "../.config/needed-programs.ts";

afterEach(() => vi.unstubAllEnvs());

test("a run begins where the programs of the tests are there", () => {
  expect(setup).not.toThrow();
});

test("a program that isn't there ends the run with the package that brings it", () => {
  vi.stubEnv("PATH", "/nowhere");
  expect(setup).toThrow(
    "The tests need git and dash and bash and mkfifo, which can't be started here: install git and dash and bash and coreutils, as by apt-get install git dash bash coreutils",
  );
});
