import { buildHookToPaste } from "../../appfile/by-hand.ts";
import { addBuildLines } from "../../appfile/operations.ts";
import { type CliSource, cliSourceOf } from "../../automation/installers.ts";
import type { FileChange } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { Failure } from "../../failure.ts";
import { installerLines } from "../../shell/installer.ts";
import { checkoutFacts } from "../checkout/checkout-facts.ts";
import { appOrPaste, type EditWords, offerEdit, takeEdit } from "../checkout/file-edit.ts";
import { runsOnPlatform } from "../chosen-tasks.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The build hook installs the CLI, because each app is built on its own. */
export const installer: Step = {
  id: "installer",
  title: "Installer",
  plan: { settings: ["app"], listed: ["there"] },
  needed: (session) => session.request.only.includes("installer") && runsOnPlatform(session),
  basis: ({ answers }) => answers.app?.value ?? "",
  open: async (session, context) => {
    const app = await appOrPaste(session, context, () =>
      buildHookToPaste(linesFor(session, context)),
    );
    const source = cliSourceOf(app);
    if (source.kind === "known" && isFor(source.value, context)) {
      return {
        kind: "settled",
        answer: {
          value: "there",
          shown: `${source.value.says}${unusedFlagsNote(session)}`,
          because: "nothing to do",
        },
      };
    }
    const plan = () => planInstaller(session, context);
    const facts = (file: string) => checkoutFacts(session, context, file);
    if (source.kind !== "unread") return offerEdit(words, plan, facts);
    const doubt = "Whether the CLI is installed already isn't known";
    const withDoubt = async (file: string) => [`${doubt}: ${source.why}.`, ...(await facts(file))];
    // Many a build runs something of its own, which installs no CLI.
    if (!calledLikeCli.test(source.why)) return offerEdit(words, plan, withDoubt);
    return offerEdit(words, plan, withDoubt, {
      flag: installAnyway,
      otherwise: new Failure("usage", {
        what: doubt,
        why: source.why,
        where: app.location.shown,
        next: `name --installer bash to have it installed, or leave it out with --only ${otherParts(session)}`,
      }),
    });
  },
  take: (session, reply, context) =>
    takeEdit(reply, () => planInstaller(session, context), context),
};

/** The flag that has the CLI installed also where it may be there. */
export const installAnyway = "--installer";

/** How a script or a target is called that may well install it. */
const calledLikeCli = /platform|upsun|(?:^|[^a-z])cli(?:[^a-z]|$)/iu;

function otherParts({ request: { only } }: Session): string {
  return only.filter((part) => part !== "installer").join(",") || "cron";
}

/** Whether what is installed is the command that the cron calls, as far as that can be told. */
function isFor({ binary }: CliSource, { vendor }: SetupContext): boolean {
  return binary === undefined || binary === vendor.binary;
}

/** What was asked for of an installer, and isn't looked at where there is one already. */
function unusedFlagsNote({ request: { cliVersion, installer } }: Session): string {
  const asked = [
    ...(cliVersion === undefined ? [] : [`--cli-version ${cliVersion}`]),
    ...(installer === "bash" ? [] : [`--installer ${installer}`]),
  ];
  return asked.length === 0
    ? ""
    : `, and is left as it is: ${asked.join(" and ")} is for a new one`;
}

const words: EditWords = {
  title: "Install the CLI in the build hook?",
  item: "Install the CLI",
  byHand: "The build hook has to be edited by hand",
  help: [
    "The script is downloaded first and run after, because a failed download in `curl … | bash` goes unnoticed in dash, the shell that runs hooks.",
    "The last line asks the CLI for its version: when nothing was installed, the build fails here and not the cron at night.",
    "It stands at the top of the hook, where no earlier exit, cd or guard can skip it.",
  ],
};

async function planInstaller(session: Session, context: SetupContext): Promise<FileChange> {
  const app = await context.app(session);
  const patch = addBuildLines(app, linesFor(session, context));
  return fileChange(patch, "install the CLI in the build hook");
}

function linesFor({ request }: Session, { vendor: { binary } }: SetupContext): readonly string[] {
  const { installer, cliVersion } = request;
  const pinned = cliVersion === undefined ? {} : { version: cliVersion };
  return installerLines({ binary, installer, ...pinned });
}
