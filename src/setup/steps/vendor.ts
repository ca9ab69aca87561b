import { replyText } from "../../dialogue/reply.ts";
import type { Answer } from "../../dialogue/session.ts";
import { Failure } from "../../failure.ts";
import {
  type Claim,
  type DetectedVendor,
  requirePossible,
  shownClaim,
  type UnknownCli,
} from "../../vendors/detection.ts";
import { ownVendorVariables } from "../../vendors/own.ts";
import type { SetupRequest } from "../session.ts";
import type { Step } from "../step.ts";

/** Whose project it is, where something is going to be written: a contradiction is put to a person. */
export const vendor: Step = {
  id: "vendor",
  once: true,
  title: "Vendor",
  needed: ({ request }) => request.vendor !== undefined,
  basis: () => "",
  open: async ({ request }) => {
    const detected = detectedFor(request);
    requirePossible(detected);
    const claims = [detected, ...detected.rivals];
    const { unknownCli } = detected;
    if (claims.length === 1 && unknownCli === undefined)
      return { kind: "settled", answer: withDoubts(detected) };
    const { binary: cli, prefix } = ownVendorVariables;
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Whose project is it?",
        help: [
          "Each vendor has a CLI of its own, which reads its token from a variable of its own: written for the wrong one, nothing of it works.",
          unknownCli === undefined
            ? "A project that was converted may have files of both. Choose the vendor it is at now, and take the other's files away."
            : `Where it is at the vendor of ${unknownCli.binary}, leave this, and start again with ${cli}=${unknownCli.binary} and with what its variables begin with in ${prefix}.`,
        ],
        facts: [
          ...claims.map(shownClaim),
          ...(unknownCli === undefined ? [] : [strange(unknownCli)]),
        ],
        flag: "--vendor",
        choices: claims.map(({ vendor: { id, name }, because }) => ({
          value: id,
          label: name,
          detail: because,
        })),
        otherwise: new Failure("usage", {
          what: "Whose project this is can't be told",
          why: `it may be one of ${claims.map(shownClaim).join(", or of ")}${unknownCli === undefined ? "" : `; ${strange(unknownCli)}`}`,
          next: `name the vendor: --vendor ${claims.map(({ vendor: { id } }) => id).join(" or --vendor ")}${unknownCli === undefined ? "" : `; or set ${cli}=${unknownCli.binary}, and ${prefix} to what its variables begin with`}`,
        }),
      },
    };
  },
  take: async ({ request }, reply, context) => {
    const detected = detectedFor(request);
    const id = replyText(reply);
    const claim = [detected, ...detected.rivals].find((one) => one.vendor.id === id);
    if (claim === undefined)
      return { kind: "again", problem: { sentence: `${id} is none of them`, reason: "usage" } };
    await context.choose(claim.vendor);
    const chosen = { vendor: claim.vendor, because: "you chose" };
    return { kind: "answered", answer: answerOf(chosen), applied: false };
  },
};

/** The same where nothing is written: the likeliest is taken, and what speaks against it is said. */
export const likelyVendor: Step = {
  ...vendor,
  open: async ({ request }) => ({ kind: "settled", answer: withDoubts(detectedFor(request)) }),
};

/** "shopware (from the cron backup) is the CLI of no vendor that is known here". */
function strange({ binary, because }: UnknownCli): string {
  return `${binary} (${because}) is the CLI of no vendor that is known here`;
}

/** The likeliest, and what speaks against it. */
function withDoubts(detected: DetectedVendor): Answer {
  const { rivals, instead, unknownCli } = detected;
  const claims = [...rivals, ...(instead === undefined ? [] : [instead])];
  const strangers = unknownCli === undefined ? [] : [strange(unknownCli)];
  const against = [...claims.map(shownClaim), ...strangers].join(", ");
  const answer = answerOf(detected);
  const because = against === "" ? answer.because : `${answer.because}; against it: ${against}`;
  return { ...answer, because };
}

function answerOf({ vendor: { id, name }, because }: Claim): Answer {
  return { value: id, shown: name, because };
}

function detectedFor({ vendor: detected }: SetupRequest): DetectedVendor {
  if (detected === undefined) throw new RangeError("nobody looked whose project it is");
  return detected;
}
