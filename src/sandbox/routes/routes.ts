import type { Route } from "../server/route.ts";
import { acceptanceRoutes } from "./acceptance.ts";
import { activityRoutes } from "./activities.ts";
import { apiTokenRoutes } from "./api-tokens.ts";
import { authRoutes } from "./auth.ts";
import { backupRoutes } from "./backups.ts";
import { branchingRoutes } from "./branching.ts";
import { deploymentRoutes } from "./deployments.ts";
import { domainRoutes } from "./domains.ts";
import { environmentRoutes } from "./environments.ts";
import { faultRoutes } from "./faults.ts";
import { gitRoutes } from "./git.ts";
import { integrationRoutes } from "./integrations.ts";
import { invitationRoutes } from "./invitations.ts";
import { lifecycleRoutes } from "./lifecycle.ts";
import { memberRoutes } from "./members.ts";
import { operationRoutes } from "./operations.ts";
import { organizationInvitationRoutes } from "./organization-invitations.ts";
import { organizationRoutes } from "./organizations.ts";
import { projectRoutes } from "./projects.ts";
import { referenceRoutes } from "./references.ts";
import { sshRoutes } from "./ssh.ts";
import { sshKeyRoutes } from "./ssh-keys.ts";
import { stageRoutes } from "./stage.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { teamAccessRoutes } from "./team-access.ts";
import { teamRoutes } from "./teams.ts";
import { userAccessRoutes } from "./user-access.ts";
import { userRoutes } from "./users.ts";
import { variableRoutes } from "./variables.ts";
import { versionRoutes } from "./versions.ts";

/** Everything the sandbox answers to. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...sshRoutes,
  ...sshKeyRoutes,
  ...userRoutes,
  ...apiTokenRoutes,
  ...referenceRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...subscriptionRoutes,
  ...organizationInvitationRoutes,
  ...teamRoutes,
  ...teamAccessRoutes,
  ...projectRoutes,
  ...environmentRoutes,
  ...lifecycleRoutes,
  ...branchingRoutes,
  ...versionRoutes,
  ...domainRoutes,
  ...integrationRoutes,
  ...variableRoutes,
  ...deploymentRoutes,
  ...gitRoutes,
  ...operationRoutes,
  ...backupRoutes,
  ...activityRoutes,
  ...userAccessRoutes,
  ...invitationRoutes,
  ...acceptanceRoutes,
  ...faultRoutes,
  ...stageRoutes,
];
