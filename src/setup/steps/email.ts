import { permissionWords } from "../../change/words.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { Failure } from "../../failure.ts";
import type { SetupContext } from "../context.ts";
import { projectOf, requiredAnswer, type Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The address of the machine user's account. */
export const email: Step = {
  id: "email",
  title: "Address",
  guesses: true,
  needed: ({ request: { offline, only, given, machineToken } }) =>
    !offline &&
    ((["machine-user", "token"] as const).some((part) => only.includes(part)) ||
      (machineToken !== undefined && given.email !== undefined)),
  basis: ({ answers }) => `${answers.project?.value} ${answers.task?.value}`,
  open: async (session, context) => {
    const { operator, project, access } = context.platform();
    const [{ title, id }, accounts] = await Promise.all([
      project(projectOf(session)),
      access(projectOf(session)),
    ]);
    return {
      kind: "question",
      question: {
        kind: "text",
        title: "Which address does the machine user's account have?",
        help: [
          "A machine user is an ordinary account with an e-mail address of its own; the address must reach you, because the invitation is sent to it.",
          "Many mail services deliver you+anything@… to you@….",
          "Adding a user may be charged for: see the plan of the organization.",
          "Where the organization has single sign-on for a domain, an address in that domain has to sign in by it, and its API token is refused until the support has excluded the machine user; an address elsewhere needs no exclusion.",
        ],
        facts: [],
        flag: "--email",
        preset: {
          value: suggestion(
            operator.email,
            `${slug(title) || id}-${(session.answers.task?.value ?? "cron").split(",")[0]}`,
          ),
          because: "from your address, the project and the task",
          certain: false,
        },
        check: (address) => problemOf(address, operator.email),
        explain: (address) => [
          ...accounts
            .filter((account) => sameAddress(address.trim(), account.email))
            .map(({ permissions }) => `is on the project already: ${permissionWords(permissions)}`),
          ...(operator.sso && domainOf(address) === domainOf(operator.email)
            ? [
                "you sign in by single sign-on: have the support exclude the machine user, or take an address in another domain",
              ]
            : []),
        ],
      },
    };
  },
  take: async (session, reply, context) => {
    const address = replyText(reply);
    const sentence =
      problemOf(address, context.platform().operator.email) ??
      (session.request.given["token-check"] === "accept"
        ? undefined
        : await otherProjectOf(address, projectOf(session), context));
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return answerOnly({ value: address, shown: address, because: "you chose" });
  },
};

/** The machine user's address, for the steps after this one. */
export function emailOf({ answers }: Session): string {
  return requiredAnswer(answers.email);
}

/** Whether two addresses are one account's: the platform compares them without regard to case. */
export function sameAddress(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}

/** Why a text is no e-mail address, as a sentence without its end; undefined where it is one. */
export function problemOfAddress(text: string): string | undefined {
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/u.test(text.trim())
    ? undefined
    : "That is not an e-mail address, as operator+shop@example.org is one";
}

function problemOf(address: string, operator: string): string | undefined {
  const wrong = problemOfAddress(address);
  if (wrong !== undefined) return wrong;
  if (sameAddress(address.trim(), operator)) {
    return "That is your own address; a machine user needs one of its own";
  }
  return undefined;
}

/**
 * Says when a machine user of another project has the address: the manual advises one of its own for each project. Only
 * the projects that were worked on lately are looked at, since the machine users that machinist made are there.
 */
async function otherProjectOf(
  address: string,
  project: string,
  context: SetupContext,
): Promise<string | undefined> {
  const platform = context.platform();
  const others = (await context.recent()).filter(({ id }) => id !== project);
  const found = await Promise.all(
    others.map(async ({ id, title }) => {
      try {
        const both = await Promise.all([platform.access(id), platform.invitations(id)]);
        return both.flat().some(({ email }) => sameAddress(address, email)) ? title : undefined;
      } catch (error) {
        // A project that can't be seen any more says nothing about the address.
        if (error instanceof Failure && error.reason === "api") return undefined;
        throw error;
      }
    }),
  );
  const title = found.find((each) => each !== undefined);
  return title === undefined
    ? undefined
    : `${address} is on the project ${title} too; each project needs a machine user of its own (--accept-extra-rights takes it all the same)`;
}

function domainOf(address: string): string {
  return address
    .trim()
    .slice(address.trim().lastIndexOf("@") + 1)
    .toLowerCase();
}

function suggestion(operator: string, purpose: string): string {
  const { local, domain } = partsOf(operator);
  return `${local}+${purpose}${domain}`;
}

/** Whether an address is one that could be suggested to the operator for a machine user: "you+shop@…" of "you@…". */
export function isMadeFrom(address: string, operator: string): boolean {
  const { local, domain } = partsOf(operator.toLowerCase());
  const made = address.toLowerCase();
  return made.startsWith(`${local}+`) && made.endsWith(domain) && made !== operator.toLowerCase();
}

function partsOf(address: string): { readonly local: string; readonly domain: string } {
  const at = address.lastIndexOf("@");
  return { local: address.slice(0, at).split("+")[0] ?? "", domain: address.slice(at) };
}

function slug(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 24);
}
