import { disk } from "../../appfile/files.ts";
import { ciUses } from "../../automation/ci-jobs.ts";
import { previewOf } from "../../change/preview.ts";
import { readCi } from "../../cifile/read.ts";
import { type SecretPlace, secretPage } from "../../cihost/secret-store.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import { type Fact, known } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { repositoryOf, secretChange, storeFor } from "../ci/target.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import type { RotationProgress } from "./progress.ts";

/**
 * The new token as the secret of the CI system, where a job of the checkout uses it. As long as that has the old one, the
 * old one is not revoked.
 */
export function ciSecretIn(progress: RotationProgress): Step {
  return {
    id: "ci-secret",
    title: "Secret of CI",
    plan: { settings: [], listed: ["by-hand"] },
    needed: ({ request, answers }) =>
      (request.ciSystem !== undefined || request.withoutCheckout === true) &&
      answers.variable?.leftOut === undefined,
    basis: ({ answers }) =>
      [answers.project, answers.token].map((answer) => answer?.value).join(" "),
    open: async (session, context) => {
      const { root } = context.checkout;
      if (root === undefined || session.request.withoutCheckout === true) {
        progress.ci = "unread";
        return settled("none", "files of CI were not looked at", "no checkout of the project is");
      }
      const use = await secretInUse(root, session, context);
      if (use.kind === "absent") {
        progress.ci = "none";
        return settled("none", "no job of CI uses the token", "as its files say");
      }
      progress.ci = "old";
      if (use.kind === "unread") return byHand(context.vendor.tokenEnv, "in CI", use.why);
      const place = use.value;
      const { machineToken } = context;
      if (machineToken === undefined)
        return settled("none", `${place.name} of CI would get the new token`, "this is a dry run");
      if (place.repository === "")
        return byHand(place.name, "in the CI system", "which repository it is isn't known");
      const store = await storeFor(place, context);
      if ("why" in store) return byHand(place.name, `at ${secretPage(place)}`, store.why);
      const there = await store.find(place);
      const change = secretChange(place, machineToken, there, context);
      const { title } = previewOf(change);
      return {
        kind: "question",
        question: {
          kind: "agreement",
          title: "Put the new token into the secret of CI?",
          help: ["Until it has the new one, the old token is not revoked: jobs of CI use it."],
          facts: [],
          flag: "--yes",
          previews: [previewOf(change)],
          item: { title: "Renew the secret of CI", says: title },
          agree: "Replace the secret",
          decline: "Leave the old token there",
        },
      };
    },
    take: async (session, reply, context) => {
      if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
      const { machineToken } = context;
      const { root } = context.checkout;
      const use = root === undefined ? undefined : await secretInUse(root, session, context);
      const place = use?.kind === "known" ? use.value : undefined;
      const store = place && (await storeFor(place, context));
      if (
        machineToken === undefined ||
        place === undefined ||
        store === undefined ||
        "why" in store
      )
        return { kind: "reopen" };
      const change = secretChange(place, machineToken, await store.find(place), context);
      const shown = await context.apply(change);
      if (session.request.effect === "apply") progress.ci = "new";
      return {
        kind: "answered",
        answer: { value: "replaced", shown, because: "you agreed" },
        applied: true,
      };
    },
  };
}

/**
 * The secret that a job of the checkout takes the token from; unread where a file of CI can't be read, and where jobs of
 * two systems use one each. Without a repository that is known, its path is empty.
 */
async function secretInUse(
  root: string,
  session: Session,
  context: SetupContext,
): Promise<Fact<SecretPlace>> {
  const { tokenEnv, binary } = context.vendor;
  const reading = await readCi(root, disk);
  const [unreadable] = reading.unreadable;
  if (unreadable !== undefined)
    return { kind: "unread", why: `${unreadable.file.shown} can't be read` };
  const uses = ciUses(reading).filter(
    ({ tokens, calls, job }) =>
      tokens.some(({ name }) => name === tokenEnv) ||
      // The settings of GitLab give its variables to every job.
      (job.system === "gitlab" && calls.some(({ call }) => call.binary === binary)),
  );
  const [system, second] = new Set(uses.map(({ job }) => job.system));
  if (system === undefined) return { kind: "absent" };
  if (second !== undefined)
    return { kind: "unread", why: "jobs of two CI systems use one each, and only one is set here" };
  const repository = await repositoryOf(session, context).catch((error: unknown) => {
    if (error instanceof Failure && error.reason === "usage") return undefined;
    throw error;
  });
  const { host = "", path = "" } = repository ?? {};
  return known({ system, host, repository: path, name: tokenEnv });
}

function settled(value: string, shown: string, because: string) {
  return { kind: "settled", answer: { value, shown, because } } as const;
}

function byHand(name: string, where: string, because: string) {
  return {
    kind: "settled",
    answer: {
      value: "by-hand",
      shown: `left to you: give ${name} the new token ${where}`,
      because,
      leftOut: true,
    },
  } as const;
}
