import type { Connection } from "../../src/platform/connection.ts";
import { createVariable, type VariableFlags } from "../../src/platform/variables.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";

/** Where an operation works: the connection that suffers, and one of the operator's that doesn't. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly faulty: Connection;
  readonly sound: Connection;
}

interface Common {
  readonly name: string;
  /** The request that suffers. */
  readonly on: { readonly method: string; readonly path: string };
  /** How long what it sets going takes, in milliseconds; 4 when left out. */
  readonly activityMs?: number;
  /** What has to be there first. */
  prepare?(stage: Stage): Promise<unknown>;
  run(connection: Connection, prepared: unknown): Promise<unknown>;
}

/** What the client reads: whatever goes wrong, it is what stands there, or a failure. */
export interface Read extends Common {
  /** The fields that may be missing from an answer, so that what was read is another, and why that is right. */
  readonly without?: Readonly<Record<string, string>>;
  /** The same for fields that are null. */
  readonly whenNull?: Readonly<Record<string, string>>;
  /** The same for fields that are empty: "", [] or {}. */
  readonly whenEmpty?: Readonly<Record<string, string>>;
  /** Why it may end well with less than is there, under any fault. */
  readonly inPart?: string;
  /** It ends what it looks at, so that each play needs a sandbox of its own. */
  readonly once?: boolean;
}

/** What the client changes. */
export interface Write extends Common {
  /** Whether things are as the write makes them. */
  isDone(stage: Stage, prepared: unknown): Promise<boolean>;
}

export const shop = demoProjectId;
export const variable = "env:CANARY_TOKEN";
export const canaryValue = "canary-value-2a6f";
export const value = new Secret(canaryValue);
export const flags: VariableFlags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};
/** A variable of the project, whose value the API shows. */
export const open = { name: "GREETING", value: canaryValue };

export const made = ({ sound }: Stage) =>
  createVariable(sound, shop, "main", { name: variable, value, flags });

/** Sends what the client has no function for, as a person with the console would. */
export const byHand = ({ sound }: Stage, path: string, body: unknown) =>
  sound.send("POST", path, body, (answer) => answer);

export const madeOpen = (stage: Stage) => byHand(stage, `/projects/${shop}/variables`, open);
