import type { BuildOptions } from "esbuild";

export const ofProgram: BuildOptions;
