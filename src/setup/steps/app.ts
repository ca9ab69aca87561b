import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { chosenTasks, runsOnPlatform } from "../chosen-tasks.ts";
import type { Step } from "../step.ts";

/** The app whose build hook and crons are edited. */
export const app: Step = {
  id: "app",
  title: "App",
  needed: (session) => {
    const { only } = session.request;
    const needsApp = chosenTasks(session).some(({ id }) => id === "source-operation");
    return (
      (only.includes("installer") || only.includes("cron")) && (runsOnPlatform(session) || needsApp)
    );
  },
  basis: () => "",
  open: async ({ request: { given } }, context) => {
    const apps = await context.apps();
    const [only, ...others] = apps;
    // The name of an app whose file can't be read is a guess: none is told apart from it.
    const [read] = given.app === undefined ? [] : await context.everyApp();
    const isOther = read !== undefined && read.name !== given.app;
    if (only !== undefined && others.length === 0 && !isOther) {
      // Under its guessed name it would be gone as soon as it can be read.
      if (only.unread !== undefined) throw only.unread;
      return {
        kind: "settled",
        answer: {
          value: only.name,
          shown: `${only.name} (${only.shown})`,
          because: "the only app in the checkout",
        },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Which app runs the cron?",
        help: [
          "Each app is built on its own: the CLI has to be installed by the build hook of the app whose cron uses it.",
        ],
        facts: [`The checkout has ${apps.length} apps.`],
        flag: "--app",
        choices: apps.map(({ name, shown }) => ({ value: name, label: name, detail: shown })),
      },
    };
  },
  take: async (_session, reply, context) => {
    const name = replyText(reply);
    const apps = await context.apps();
    const chosen = apps.find((candidate) => candidate.name === name);
    if (chosen === undefined) {
      // The name of an app whose file can't be read is a guess: it may be the one that is meant.
      const unread = apps.map((candidate) => candidate.unread).find((why) => why !== undefined);
      if (unread !== undefined) throw unread;
      const known = apps.map((candidate) => candidate.name).join(", ");
      return {
        kind: "again",
        problem: { sentence: `There is no app ${name}; the apps are ${known}`, reason: "usage" },
      };
    }
    return answerOnly({ value: name, shown: `${name} (${chosen.shown})`, because: "you chose" });
  },
};
