import { buildHookToPaste } from "../../appfile/by-hand.ts";
import { addBuildLines } from "../../appfile/operations.ts";
import { type CliSource, cliSourceOf } from "../../automation/installers.ts";
import type { FileChange } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { Failure } from "../../failure.ts";
import { type InstallerOptions, installerLines, installerSays } from "../../shell/installer.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { checkoutFacts } from "../checkout/checkout-facts.ts";
import { appOrPaste, type EditWords, offerEdit, takeEdit } from "../checkout/file-edit.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { runsOnPlatform } from "../tasks/chosen.ts";

/** The build hook installs the CLI, because each app is built on its own. */
export const installer: Step = {
  id: "installer",
  title: "Installer",
  plan: { settings: ["app"] },
  needed: (session) => session.request.only.includes("installer") && runsOnPlatform(session),
  basis: ({ answers }) => answers.app?.value ?? "",
  open: async (session, context) => {
    const app = await appOrPaste(session, context, () =>
      buildHookToPaste(installerLines(wanted(session, context))),
    );
    const source = cliSourceOf(app);
    if (source.kind === "known" && isFor(source.value, context)) {
      return {
        kind: "settled",
        answer: {
          value: "there",
          shown: `${source.value.says}${unusedFlagsNote(session)}`,
          because: "nothing to do",
          stands: "there",
        },
      };
    }
    const plan = () => planInstaller(session, context);
    const { binary } = context.vendor;
    const words = wordsFor(session, context);
    const factsWith = (first: readonly string[]) => async (file: string) => [
      `${installerSays(wanted(session, context))}.`,
      ...first,
      ...(await checkoutFacts(session, context, file)),
    ];
    if (source.kind === "absent") return offerEdit(words, plan, factsWith([]));
    if (source.kind === "known" && source.value.binary !== undefined)
      return offerEdit(
        words,
        plan,
        factsWith([`${source.value.says}, and the job calls ${binary}.`]),
      );
    const why =
      source.kind === "unread"
        ? source.why
        : `${source.value.says}, and under which name can't be told`;
    const doubt = `Whether ${binary} is installed already isn't known`;
    const withDoubt = factsWith([`${doubt}: ${why}.`]);
    // Many a build runs something of its own, which installs no CLI.
    if (source.kind === "unread" && !calledLikeCli.test(why))
      return offerEdit(words, plan, withDoubt);
    return offerEdit(words, plan, withDoubt, {
      flag: installAnyway,
      otherwise: new Failure("usage", {
        what: doubt,
        why,
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
const calledLikeCli = new RegExp(
  `${patternOfAny(allVendors.map(({ binary }) => binary))}|(?:^|[^a-z])cli(?:[^a-z]|$)`,
  "iu",
);

function otherParts({ request: { only } }: Session): string {
  return only.filter((part) => part !== "installer").join(",") || "cron";
}

/** Whether what is installed is known to be the command that the cron calls. */
function isFor({ binary }: CliSource, { vendor }: SetupContext): boolean {
  return binary === vendor.binary;
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

function wordsFor({ request }: Session, { vendor: { binary } }: SetupContext): EditWords {
  return {
    title: `Install ${binary} in the build hook?`,
    item: "Install the CLI",
    byHand: "The build hook has to be edited by hand",
    help: [
      ...(request.installer === "php"
        ? [
            "It is one line, as the older manual has it. A download that fails goes unnoticed in dash, the shell that runs hooks: the build then ends well, and the cron at night does not. Without --installer both are looked at.",
          ]
        : [
            "The script is downloaded first and run after, because a failed download in `curl … | bash` goes unnoticed in dash, the shell that runs hooks.",
            "The last line asks the CLI for its version: when nothing was installed, the build fails here and not the cron at night.",
          ]),
      "It stands at the top of the hook, where no earlier exit, cd or guard can skip it.",
    ],
  };
}

async function planInstaller(session: Session, context: SetupContext): Promise<FileChange> {
  const app = await context.app(session);
  const patch = addBuildLines(app, installerLines(wanted(session, context)));
  return fileChange(patch, `install ${context.vendor.binary} in the build hook`);
}

function wanted({ request }: Session, { vendor: { binary } }: SetupContext): InstallerOptions {
  const { installer, cliVersion } = request;
  return { binary, installer, ...(cliVersion === undefined ? {} : { version: cliVersion }) };
}
