import type { CiSecretChange } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import { type SecretPlace, secretPage } from "../../cihost/secret-store.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import type { Answer } from "../../dialogue/session.ts";
import { basisOf } from "../../dialogue/session.ts";
import { notedToPaste } from "../ci/job.ts";
import { secretChange, secretPlaceOf, sharedSecret, storedSecret, storeFor } from "../ci/secret.ts";
import { ciSystemOf, writtenSystemOf } from "../ci/target.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { isToCome, standIn } from "./token.ts";

/** The machine user's token as a secret of the CI system. */
export const ciSecret: Step = {
  id: "ci-secret",
  title: "Secret",
  plan: { settings: ["where"] },
  needed: (session) => {
    const { offline, only } = session.request;
    // Offline no variable is set, and a job that is written needs its secret all the same.
    return ciSystemOf(session) !== undefined && only.includes(offline ? "cron" : "variable");
  },
  basis: ({ answers }) => basisOf(answers.where, answers.project, answers.token),
  open: async (session, context) => {
    const plan = await planSecret(session, context);
    if (plan.kind === "settled") return plan;
    return {
      kind: "question",
      question: {
        kind: "agreement",
        title: plan.change.replaces ? "Replace the secret?" : "Set the secret?",
        help: [
          "The host's own program sets it, as you are signed in with it: it is told the token on its standard input, encrypts it, and sends it to the host alone.",
        ],
        facts: plan.facts,
        flag: "--yes",
        previews: [previewOf(plan.change)],
        item: {
          title: plan.change.replaces ? "Replace the secret" : "Set the secret",
          says: `${plan.change.name} of ${plan.change.repository} on ${plan.change.host}`,
        },
        agree: plan.change.replaces ? "Replace it" : "Set it",
        decline: "Leave it out",
      },
    };
  },
  take: async (session, reply, context) => {
    if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
    const plan = await planSecret(session, context);
    if (plan.kind === "settled") return { kind: "answered", answer: plan.answer, applied: false };
    const shown = await context.apply(plan.change);
    return {
      kind: "answered",
      answer: { value: "there", shown, because: "you agreed" },
      applied: true,
    };
  },
};

type SecretPlan =
  | { readonly kind: "settled"; readonly answer: Answer }
  /** `facts` say which other jobs have to do with it, and what isn't known of the one that may be there; sentences. */
  | {
      readonly kind: "change";
      readonly change: CiSecretChange;
      readonly facts: readonly string[];
    };

async function planSecret(session: Session, context: SetupContext): Promise<SecretPlan> {
  const { tokenEnv } = context.vendor;
  const place = await secretPlaceOf(session, context);
  if (writtenSystemOf(session) === undefined) {
    const [first] = notedToPaste(context);
    const shown = `left to you: set ${tokenEnv}${first === undefined ? "" : `, ${first.secretPage}`}`;
    const because = "machinist doesn't set secrets there";
    return { kind: "settled", answer: { value: "by-hand", shown, because, stands: "by hand" } };
  }
  if (session.request.offline) return offlineSecret(place, context);
  if (place === undefined)
    return byHand(`set ${tokenEnv} in the CI system`, "no remote names the repository");
  const store = await storeFor(place, context);
  if ("why" in store) return byHand(`set ${place.name} at ${secretPage(place)}`, store.why);
  const there = await storedSecret(session, context);
  const machineToken = context.machineToken ?? (isToCome(session) ? standIn : undefined);
  if (machineToken === undefined) {
    if (there.kind === "known")
      return isThere(
        `${place.name} of ${place.repository} is set, and is left as it is; whose token it has, the host doesn't tell`,
      );
    return session.request.effect === "apply"
      ? byHand(`set ${place.name} at ${secretPage(place)}`, "there is no token to set it to")
      : wouldBeSet(`${place.name} of ${place.repository} would be set`);
  }
  const change = secretChange(place, machineToken, there, context);
  if (isSet(change, context))
    return isThere(`${place.name} of ${place.repository} was set in this run`);
  const shared = await sharedSecret(place, session, context);
  if (there.kind !== "unread") return { kind: "change", change, facts: shared };
  const doubt = `Whether ${place.name} is set there already isn't known: ${there.why}. If it is, its value is gone.`;
  return { kind: "change", change, facts: [...shared, doubt] };
}

/** Whether this run has set the secret to this token. */
function isSet({ host, repository, name, value }: CiSecretChange, context: SetupContext): boolean {
  return context.attempts.some(
    ({ state, change }) =>
      state === "done" &&
      change.kind === "ci-secret" &&
      change.value === value &&
      change.host === host &&
      change.repository === repository &&
      change.name === name,
  );
}

function isThere(shown: string): SecretPlan {
  const answer = { value: "there", shown, because: "nothing to do", stands: "there" } as const;
  return { kind: "settled", answer };
}

/** In a dry run there is no token yet. */
function wouldBeSet(shown: string): SecretPlan {
  return { kind: "settled", answer: { value: "to-come", shown, because: "this is a dry run" } };
}

/** Offline no host is asked, so that of a job that was there nobody knows whether it has its secret. */
function offlineSecret(place: SecretPlace | undefined, context: SetupContext): SecretPlan {
  const name = place?.name ?? context.vendor.tokenEnv;
  const because = "offline, no host is asked";
  if (!context.changes.some(({ kind }) => kind === "file-creation")) {
    const shown = `whether ${name} is set isn't known`;
    return { kind: "settled", answer: { value: "unread", shown, because, stands: "not known" } };
  }
  const where = place === undefined ? "in the CI system" : `at ${secretPage(place)}`;
  const shown = `left to you: set ${name} ${where}`;
  return { kind: "settled", answer: { value: "by-hand", shown, because, stands: "by hand" } };
}

/** What is left to the person counts as left out: without the secret the job can't work. */
function byHand(what: string, because: string): SecretPlan {
  return {
    kind: "settled",
    answer: {
      value: "by-hand",
      shown: `left to you: ${what}`,
      because,
      leftOut: true,
      stands: "by hand",
    },
  };
}
