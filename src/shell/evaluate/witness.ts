import type { CliCall } from "../cli-call.ts";
import type { GuardTarget } from "../guard.ts";
import type { Excerpt, Flaw, Judge } from "./compare.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, least, type Outcome } from "./outcome.ts";
import type { Scope } from "./scope.ts";
import { type Shell, type Sighting, shift, shiftFlaw } from "./sighting.ts";
import { outcomeOf, type Truth } from "./truth.ts";
import type { World } from "./world.ts";

/** What is remembered on the way through a script in one environment. */
export class Witness {
  readonly world: World;
  /** By the file and the offset of the call. */
  readonly sightings = new Map<string, Sighting>();
  readonly branches = new Set<string>();
  readonly called = new Map<string, Shell>();
  readonly unread = new Set<string>();
  /** What couldn't be judged on the way here, and the test that can't say what was meant. */
  doubt: string | undefined;
  flaw: Flaw | undefined;
  readonly #literals: Partial<Record<GuardTarget["kind"], Excerpt>> = {};

  constructor(world: World) {
    this.world = world;
  }

  /** Notes a call of the CLI, which itself succeeds or fails alike everywhere. */
  seen(call: CliCall, path: Likelihood, scope: Scope): Outcome {
    const shifted = shift(call, scope.base);
    const likelihood = scope.doubt === undefined ? path : least(scope.doubt.entered, 1);
    const key = `${shifted.start} ${scope.file}`;
    const before = this.sightings.get(key);
    const doubt = scope.doubt?.why ?? this.doubt;
    if (before === undefined || before.likelihood < likelihood)
      this.sightings.set(key, {
        call: shifted,
        file: scope.file,
        shell: scope.shell,
        likelihood,
        literals: { ...this.#literals },
        ...(doubt === undefined ? {} : { doubt }),
        ...(this.flaw === undefined ? {} : { flaw: this.flaw }),
      });
    return outcomes.either;
  }

  /** The outcome of a test, which is kept in mind when it can't be judged. */
  judged(
    truth: (judge: Judge) => Truth,
    node: { readonly pos: number; readonly end: number },
    scope: Scope,
  ): Outcome {
    const found = truth(this.judge(scope));
    if (found === "unproven")
      this.doubt = `${scope.source.slice(node.pos, node.end)} can't be judged from the file`;
    return outcomeOf[found];
  }

  /** What the reading of a test in this scope works with. */
  judge(scope: Scope): Judge {
    return {
      world: this.world,
      variables: scope.state.variables,
      shell: scope.shell,
      branchNamed: (branch) => this.branches.add(branch),
      matched: (kind, { pos, end, text }) => {
        this.#literals[kind] = {
          in: scope.file,
          start: scope.base + pos,
          end: scope.base + end,
          text,
        };
      },
      flawed: (flaw) => {
        this.flaw = shiftFlaw(flaw, scope.base, scope.file);
      },
    };
  }
}
