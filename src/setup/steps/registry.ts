import { leftToDo } from "../ending/left-to-do.ts";
import { closingOf, endingLines } from "../ending/outcome.ts";
import { runReport } from "../report.ts";
import type { Procedure, Step } from "../step.ts";
import { allCiTasks, allCronTasks } from "../tasks/chosen.ts";
import { tasks } from "../tasks/registry.ts";
import { app } from "./app.ts";
import { backupKind } from "./backup-kind.ts";
import { branch } from "./branch.ts";
import { ciJobOf } from "./ci-job.ts";
import { ciSecret } from "./ci-secret.ts";
import { commandsStep } from "./commands.ts";
import { commit } from "./commit.ts";
import { cronOf } from "./cron.ts";
import { cronThereOf } from "./cron-there.ts";
import { doubtOf } from "./doubt.ts";
import { email } from "./email.ts";
import { environment } from "./environment.ts";
import { firstInvitation } from "./first-invitation.ts";
import { goOn } from "./go-on.ts";
import { guard } from "./guard.ts";
import { ifSet } from "./if-set.ts";
import { installer } from "./installer.ts";
import { keychain } from "./keychain.ts";
import { machineUser } from "./machine-user.ts";
import { operation } from "./operation.ts";
import { otherProject } from "./other-project.ts";
import { project } from "./project.ts";
import { reach } from "./reach.ts";
import { scheduleOf } from "./schedule.ts";
import { signInStep } from "./sign-in.ts";
import { signInWith } from "./sign-in-with.ts";
import { strays } from "./strays.ts";
import { task } from "./task.ts";
import { token } from "./token.ts";
import { tokenCheck } from "./token-check.ts";
import { variable } from "./variable.ts";
import { vendor } from "./vendor.ts";
import { verifyJob } from "./verify-job.ts";
import { where } from "./where.ts";

/** Every step of the setup, in the order in which they are asked. */
const steps: readonly Step[] = [
  vendor,
  reach,
  signInWith,
  signInStep,
  keychain,
  goOn,
  project,
  otherProject,
  task,
  ...tasks.flatMap((each) => doubtOf(each) ?? []),
  where,
  environment,
  app,
  operation,
  commandsStep,
  backupKind,
  email,
  machineUser,
  firstInvitation,
  ifSet,
  token,
  tokenCheck,
  variable,
  strays,
  installer,
  ...allCronTasks.map(cronThereOf),
  ...allCronTasks.map(scheduleOf),
  guard,
  branch,
  ...allCronTasks.map(cronOf),
  ...allCiTasks.map(ciJobOf),
  ciSecret,
  verifyJob,
  commit,
];

/** The guided setup. */
export const setupProcedure: Procedure = {
  command: "setup",
  rehearsed: true,
  planned: true,
  resumable: true,
  steps,
  ending: endingLines,
  closing: closingOf,
  leftToDo,
  report: (session, context, ledger, items) => runReport("setup", session, context, ledger, items),
};
