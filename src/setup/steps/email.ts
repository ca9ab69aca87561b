import { taken, text } from "../reply.ts";
import { projectOf, required, type Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The address of the machine user's account. */
export const email: Step = {
  id: "email",
  title: "Address",
  needed: ({ request: { offline, only } }) =>
    !offline && (["machine-user", "token"] as const).some((part) => only.includes(part)),
  basis: ({ answers }) => `${answers.project?.value} ${answers.task?.value}`,
  open: async (session, context) => {
    const { operator, project } = context.platform();
    const { title, id } = await project(projectOf(session));
    return {
      kind: "question",
      question: {
        kind: "text",
        title: "Which address does the machine user's account have?",
        help: [
          "A machine user is an ordinary account with an e-mail address of its own; the address must reach you, because the invitation is sent to it.",
          "Many mail services deliver you+anything@… to you@….",
          "Adding a user may be charged for: see the plan of the organization.",
        ],
        facts: [],
        flag: "--email",
        preset: {
          value: suggestion(
            operator.email,
            `${slug(title) || id}-${required(session.answers.task).split(",")[0]}`,
          ),
          because: "from your address, the project and the task",
          certain: false,
        },
        check: (address) => problemOf(address, operator.email),
      },
    };
  },
  take: async (_session, reply, context) => {
    const address = text(reply);
    const sentence = problemOf(address, context.platform().operator.email);
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return taken({ value: address, shown: address, because: "you chose" });
  },
};

/** The machine user's address, for the steps after this one. */
export function emailOf({ answers }: Session): string {
  return required(answers.email);
}

/** Whether two addresses are one account's: the platform compares them without regard to case. */
export function sameAddress(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}

function problemOf(address: string, operator: string): string | undefined {
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/u.test(address.trim())) {
    return "That is not an e-mail address";
  }
  if (sameAddress(address.trim(), operator)) {
    return "That is your own address; a machine user needs one of its own";
  }
  return undefined;
}

function suggestion(operator: string, purpose: string): string {
  const at = operator.lastIndexOf("@");
  const local = operator.slice(0, at).split("+")[0] ?? "";
  return `${local}+${purpose}${operator.slice(at)}`;
}

function slug(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 24);
}
