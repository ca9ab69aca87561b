import type { Step } from "../step.ts";
import { app } from "./app.ts";
import { branch } from "./branch.ts";
import { cron } from "./cron.ts";
import { email } from "./email.ts";
import { environment } from "./environment.ts";
import { guard } from "./guard.ts";
import { installer } from "./installer.ts";
import { machineUser } from "./machine-user.ts";
import { project } from "./project.ts";
import { schedule } from "./schedule.ts";
import { signIn } from "./sign-in.ts";
import { task } from "./task.ts";
import { token } from "./token.ts";
import { variable } from "./variable.ts";

/** Every step of the setup, in the order in which they are asked. */
export const steps: readonly Step[] = [
  signIn,
  project,
  environment,
  task,
  app,
  email,
  machineUser,
  token,
  variable,
  installer,
  schedule,
  guard,
  branch,
  cron,
];
