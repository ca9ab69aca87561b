import { openJournal } from "../../src/change/journal.ts";
import { createDialogue } from "../../src/dialogue/engine.ts";
import type { Plan } from "../../src/dialogue/plan.ts";
import type { Question, Reply } from "../../src/dialogue/question.ts";
import { readCheckout } from "../../src/git/checkout.ts";
import { keptTokens } from "../../src/keychain/kept-tokens.ts";
import type { Keychain } from "../../src/keychain/keychain.ts";
import { addressesOf } from "../../src/platform/addresses.ts";
import { Secret } from "../../src/secret.ts";
import { createContext } from "../../src/setup/context.ts";
import { setupKeeper } from "../../src/setup/saved-setup.ts";
import type { SetupRequest } from "../../src/setup/session.ts";
import type { Procedure } from "../../src/setup/step.ts";
import { vendors } from "../../src/vendors/registry.ts";
import type { Shop } from "./shop.ts";

/** How a conversation went: the questions in order, how each step ended, and what was said at the end. */
export interface Conversation {
  readonly asked: readonly string[];
  /** "Title: shown (because)". */
  readonly told: readonly string[];
  readonly summary: readonly string[];
  /** The plans that were shown, each as it was agreed to. */
  readonly plans: readonly Plan[];
}

/**
 * Goes through a plan as a person would who answers each question by its step: with a text, a token, or yes. A question
 * without an answer here is answered with what it offers.
 */
export async function converse(
  procedure: Procedure,
  shop: Pick<Shop, "directory" | "env">,
  answers: Readonly<Record<string, string>>,
  o: {
    readonly request?: Partial<SetupRequest>;
    readonly keychain?: Keychain;
    /** What was answered is kept, to go on with. */
    readonly keep?: boolean;
    /** Is called before a question is answered. */
    readonly onQuestion?: (question: Question) => Promise<void>;
    /** There is a plan: these items, by their titles, are marked on it besides those that are, and it is agreed to. */
    readonly plan?: { readonly marking: readonly string[] };
  } = {},
): Promise<Conversation> {
  const request: SetupRequest = {
    directory: shop.directory,
    only: ["machine-user", "token", "variable", "installer", "cron"],
    offline: false,
    effect: "apply",
    installer: "bash",
    cronNames: {},
    given: {},
    ...o.request,
  };
  const vendor = vendors.platformsh;
  const token = shop.env["PLATFORMSH_CLI_TOKEN"];
  const addresses = addressesOf(vendor, shop.env);
  const context = createContext({
    request,
    vendor,
    checkout: await readCheckout(shop.directory, shop.env),
    journal: await openJournal(shop.directory, shop.env),
    signal: new AbortController().signal,
    env: shop.env,
    pollMs: 10,
    flags: [],
    kept: keptTokens(shop.env, addresses.api, async () => o.keychain),
    ...(token ? { operatorToken: { token: new Secret(token), because: "given", next: "" } } : {}),
  });
  const setup = createDialogue(procedure, { request, answers: {} }, context, {
    plans: o.plan !== undefined,
    ...(o.keep ? { keeper: setupKeeper(shop.directory, shop.env) } : {}),
  });
  const asked: string[] = [];
  const plans: Plan[] = [];
  try {
    for (;;) {
      const moment = await setup.next();
      if (moment.kind === "finished") {
        const told = setup
          .steps()
          .map(({ title, shown, because }) => `${title}: ${shown} (${because})`);
        return { asked, told, summary: moment.summary, plans };
      }
      if (moment.kind === "plan") {
        const { plan } = moment;
        const out = plan.items.find(
          (item) => item.kind === "change" && !item.marked && o.plan?.marking.includes(item.title),
        );
        if (out === undefined) plans.push(plan);
        setup.decide(
          out === undefined ? { kind: "agree" } : { kind: "mark", item: out.id, marked: true },
        );
        continue;
      }
      const { question, step } = moment;
      asked.push(question.title);
      await o.onQuestion?.(question);
      const problem = await setup.submit(replyTo(question, answers[step.id]));
      if (problem !== undefined) throw new Error(`${question.title} ${problem.sentence}`);
    }
  } finally {
    await context.close();
  }
}

function replyTo(question: Question, answer: string | undefined): Reply {
  if (question.kind === "agreement") return { kind: "agreement", agreed: answer !== "no" };
  if (question.kind === "secret") return { kind: "secret", value: new Secret(answer ?? "") };
  const value = answer ?? question.preset?.value;
  if (value === undefined) throw new Error(`nothing is offered: ${question.title}`);
  return { kind: "text", value };
}
