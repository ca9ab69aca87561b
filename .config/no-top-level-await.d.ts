import type { Plugin } from "esbuild";

export declare const noTopLevelAwait: Plugin;
