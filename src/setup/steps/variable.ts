import type { VariableCreation, VariableUpdate } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import { sameFlags } from "../../platform/variables.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, isStaged, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { runsOnPlatform } from "../tasks/chosen.ts";
import { wantedFlags } from "../token/token-variable.ts";
import { isToCome, standIn } from "./token.ts";

/** The machine user's token as a top-level variable of the environment. */
export const variable: Step = {
  id: "variable",
  title: "Variable",
  plan: { settings: ["environment", "app", "if-set"] },
  needed: (session) => {
    const { offline, only } = session.request;
    return !offline && only.includes("variable") && runsOnPlatform(session);
  },
  basis: ({ answers }) =>
    basisOf(answers.project, answers.environment, answers.app, answers["if-set"], answers.token),
  open: async (session, context) => {
    const plan = await planVariable(session, context);
    const { tokenVariable, withoutToken } = context.vendor;
    if (plan.kind !== "change") {
      const { kind: stands, shown, because } = plan;
      if (stands === "to come")
        return { kind: "settled", answer: { value: "to-come", shown, because } };
      return stands === "there"
        ? { kind: "settled", answer: { value: "there", shown, because, stands } }
        : { kind: "settled", answer: { value: "none", shown, because, stands, leftOut: true } };
    }
    return {
      kind: "question",
      question: {
        kind: "agreement",
        title:
          plan.change.kind === "variable-creation"
            ? `Set ${tokenVariable}?`
            : `Change ${tokenVariable}?`,
        help: [
          ...(withoutToken === undefined ? [] : [`${withoutToken.says} ${withoutToken.page}`]),
          "Sensitive: the value can't be read back through the API, the console or the CLI. Whoever has SSH access to the environment can still read it.",
          "Not inheritable: previews don't get it. Not visible at build: the packages a build runs can't read it.",
        ],
        facts: [afterwards(session)],
        flag: "--yes",
        previews: [previewOf(plan.change)],
        item: itemOf(plan.change, session),
        agree:
          plan.change.kind === "variable-creation" ? "Set the variable" : "Change the variable",
        decline: "Leave it out",
      },
    };
  },
  take: async (session, reply, context) => {
    if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
    const plan = await planVariable(session, context);
    const shown = plan.kind === "change" ? await context.apply(plan.change) : plan.shown;
    return {
      kind: "answered",
      answer: { value: "there", shown, because: "you agreed" },
      applied: true,
    };
  },
};

/** What setting a variable does to its environment, as a sentence. */
export function afterwards({ request }: Session): string {
  if (request.deploysByHand?.kind === "unread")
    return "The environment is redeployed by this, unless it is deployed by hand, which can't be told.";
  if (isStaged(request))
    return "The environment is deployed by hand: the token is staged there, not live, until somebody deploys it.";
  return request.noWait
    ? "The environment is redeployed by this; it is not waited for."
    : "The environment is redeployed by this, which is waited for.";
}

function itemOf({ kind, environment }: VariableCreation | VariableUpdate, { request }: Session) {
  const title = kind === "variable-creation" ? "Set the token" : "Change the token's variable";
  if (isStaged(request))
    return { title, says: `on ${environment} only; staged there, not live until it is deployed` };
  const after = request.noWait ? "is redeployed meanwhile" : "is redeployed";
  return { title, says: `on ${environment} only; ${environment} ${after}` };
}

type VariablePlan =
  | { readonly kind: "change"; readonly change: VariableCreation | VariableUpdate }
  /** Without a token it is set to nothing: in a dry run there is none yet. */
  | {
      readonly kind: "there" | "to come" | "by hand";
      readonly shown: string;
      readonly because: string;
    };

/** What is there, what should be there, and the change between the two. */
async function planVariable(session: Session, context: SetupContext): Promise<VariablePlan> {
  const place = { project: projectOf(session), environment: environmentOf(session) };
  const name = context.vendor.tokenVariable;
  const value = context.machineToken ?? (isToCome(session) ? standIn : undefined);
  const there = await context.platform().variable(place.project, place.environment, name);
  if (there === undefined) {
    if (value !== undefined) {
      return {
        kind: "change",
        change: {
          kind: "variable-creation",
          ...place,
          name,
          value,
          flags: await wantedFlags(session, context, undefined),
        },
      };
    }
    return session.request.effect !== "apply"
      ? {
          kind: "to come",
          shown: `${name} would be set, sensitive, not inheritable`,
          because: "this is a dry run",
        }
      : { kind: "by hand", shown: "left out", because: "there is no token to set it to" };
  }
  if (session.answers["if-set"]?.value === "leave") {
    return { kind: "there", shown: `${name} is left as it is`, because: "you chose" };
  }
  const after = await wantedFlags(session, context, there.flags);
  if (session.answers["if-set"]?.value === "replace" && value === undefined) {
    return { kind: "to come", shown: `${name} would be replaced`, because: "this is a dry run" };
  }
  if (value === undefined && sameFlags(there.flags, after)) {
    return { kind: "there", shown: `${name} is set as it should be`, because: "nothing to do" };
  }
  return {
    kind: "change",
    change: {
      kind: "variable-update",
      ...place,
      name,
      before: there.flags,
      after,
      ...(value === undefined ? {} : { value }),
      ...(there.inherited ? { overrides: true } : {}),
    },
  };
}
