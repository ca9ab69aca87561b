import { backup } from "./backup.ts";
import { backupAndDeploy } from "./backup-and-deploy.ts";
import { checkout } from "./checkout.ts";
import { custom } from "./custom.ts";
import { deploy } from "./deploy.ts";
import { redeploy } from "./redeploy.ts";
import { sourceOperation } from "./source-operation.ts";
import { sync } from "./sync.ts";
import type { Task } from "./task.ts";

/** Every task, the commonest first: the order of the list on the screen. */
export const tasks: readonly Task[] = [
  backup,
  sourceOperation,
  sync,
  redeploy,
  deploy,
  backupAndDeploy,
  checkout,
  custom,
];

/** The task with this id, as `--task` and the session name it. */
export function taskOf(id: string): Task | undefined {
  return tasks.find((task) => task.id === id);
}
