import type { AppLocation } from "../../appfile/locate.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { type Fact, valueIn } from "../../fact.ts";
import { Failure, type FailureParts, LastingFailure } from "../../failure.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { chosenTasks, runsOnPlatform } from "../tasks/chosen.ts";

/** The app whose build hook and crons are edited. One that is known not to be deployed is a doubt. */
export const app = appStep(deployedApps);

/** The same where nothing is written: what isn't deployed is looked at like the rest. */
export const appLookedAt = appStep(async () => ({ kind: "absent" }));

/** @param readDeployed the names of the apps that are deployed where the job is to run */
function appStep(readDeployed: typeof deployedApps): Step {
  return {
    id: "app",
    title: "App",
    needed: (session) => {
      const { only } = session.request;
      const needsApp = chosenTasks(session).some(({ id }) => id === "source-operation");
      return (
        (only.includes("installer") || only.includes("cron")) &&
        (runsOnPlatform(session) || needsApp)
      );
    },
    basis: ({ answers: { project, environment } }) => `${project?.value} ${environment?.value}`,
    open: async (session, context) => {
      const { given } = session.request;
      const apps = await context.apps();
      const [only, ...others] = apps;
      // The name of an app whose file can't be read is a guess: none is told apart from it.
      const [read] = given.app === undefined ? [] : await context.everyApp();
      const isOther = read !== undefined && read.name !== given.app;
      const deployed = await readDeployed(session, context);
      if (only !== undefined && others.length === 0 && !isOther) {
        // Under its guessed name it would be gone as soon as it can be read.
        if (only.unread !== undefined) throw only.unread;
        // Who names the project by a flag has said where the app belongs: it is a new one there.
        if (!isMissing(only, deployed) || given.project !== undefined)
          return {
            kind: "settled",
            answer: {
              value: only.name,
              shown: `${only.name} (${only.shown})`,
              because: `the only app in the checkout${noteOn(only, session, deployed)}`,
            },
          };
      }
      const missing = apps.filter((each) => isMissing(each, deployed));
      const alone = others.length === 0 ? missing[0] : undefined;
      return {
        kind: "question",
        question: {
          kind: "choice",
          title:
            alone === undefined
              ? "Which app runs the cron?"
              : `The app ${alone.name} isn't deployed on ${environmentOf(session)}. Is it a new one?`,
          help: [
            "Each app is built on its own: the CLI has to be installed by the build hook of the app whose cron uses it.",
            ...(missing.length === 0
              ? []
              : [
                  "An app that is new is deployed with the push that brings it, and its cron runs from then on. Where it belongs to another project, nothing written here would ever run in this one.",
                ]),
          ],
          facts: [
            alone === undefined
              ? `The checkout has ${apps.length} apps.`
              : `The checkout has one app, ${alone.name} (${alone.shown}).`,
            ...(missing.length === 0 ? [] : [asSentence(deployedWords(session, deployed))]),
            ...(deployed.kind === "unread" ? [asSentence(notKnown(session, deployed))] : []),
          ],
          flag: "--app",
          choices: [
            ...(alone === undefined ? [] : [{ value: none, label: "No, leave it" }]),
            ...apps.map((each) => ({
              value: each.name,
              label: alone === undefined ? each.name : `Yes, ${each.name} is new`,
              detail: missing.includes(each)
                ? `${each.shown}, not deployed on ${environmentOf(session)} yet`
                : each.shown,
            })),
          ],
          ...(alone === undefined
            ? {}
            : {
                preset: { value: none, because: "it is seldom meant", certain: false },
                otherwise: new Failure("usage", notOfProject(alone, session, deployed)),
              }),
        },
      };
    },
    take: async (session, reply, context) => {
      const name = replyText(reply);
      const apps = await context.apps();
      const deployed = await readDeployed(session, context);
      const chosen = apps.find((candidate) => candidate.name === name);
      const [only, ...others] = apps;
      if (
        chosen === undefined &&
        name === none &&
        only !== undefined &&
        others.length === 0 &&
        isMissing(only, deployed)
      )
        throw new LastingFailure("usage", notOfProject(only, session, deployed));
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
      const shown = `${name} (${chosen.shown})${noteOn(chosen, session, deployed)}`;
      return answerOnly({ value: name, shown, because: "you chose" });
    },
  };
}

/** The names of the apps that are deployed where the job is to run; absent where nothing is, or nobody is asked. */
async function deployedApps(
  session: Session,
  context: SetupContext,
): Promise<Fact<readonly string[]>> {
  const { request, answers } = session;
  if (request.offline || answers.project === undefined || answers.environment === undefined)
    return { kind: "absent" };
  return context.platform().deployedApps(projectOf(session), environmentOf(session));
}

/** Whether an app is known not to be deployed. The name of one whose file can't be read is a guess. */
function isMissing({ name, unread }: AppLocation, deployed: Fact<readonly string[]>): boolean {
  return unread === undefined && valueIn(deployed)?.includes(name) === false;
}

/** The reply that takes none. */
const none = "no";

function notOfProject(
  { name, shown }: AppLocation,
  session: Session,
  deployed: Fact<readonly string[]>,
): FailureParts {
  return {
    what: `The app of the checkout, ${name}, isn't deployed on ${environmentOf(session)}`,
    where: shown,
    why: deployedWords(session, deployed),
    next: `name it with --app ${name} if it is new and comes there with a push, or start in a checkout of the project`,
  };
}

/** "deployed on main: shop" */
function deployedWords(session: Session, deployed: Fact<readonly string[]>): string {
  return `deployed on ${environmentOf(session)}: ${(valueIn(deployed) ?? []).join(", ")}`;
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What is to be said of an app beside its name: that it isn't deployed yet, or that this isn't known. */
function noteOn(app: AppLocation, session: Session, deployed: Fact<readonly string[]>): string {
  if (deployed.kind === "unread") return `; ${notKnown(session, deployed)}`;
  return isMissing(app, deployed) ? `, not deployed yet; ${deployedWords(session, deployed)}` : "";
}

function notKnown(session: Session, { why }: Fact<unknown> & { readonly kind: "unread" }): string {
  return `which apps are deployed on ${environmentOf(session)} isn't known: ${why}`;
}
