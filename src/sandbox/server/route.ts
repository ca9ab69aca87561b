import {
  type EnvironmentAction,
  mayOnEnvironment,
  mayOnProject,
  type ProjectAction,
  type StoredPermission,
} from "../state/permissions.ts";
import { holds, permissionsOn } from "../state/project-access.ts";
import type { Account, Store, StoredEnvironment, StoredProject } from "../store.ts";
import { forbiddenRequest, type HttpReply, projectFailure } from "./reply.ts";

/** The methods of HTTP that the API has. */
export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One request as the handlers see it, its body parsed and its path without the `/api` prefix. */
export interface RouteCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The value of a `:name` segment of the route's pattern, decoded. */
  param(name: string): string;
}

/** What a handler is given of a request that needs no token. */
export interface Anyone {
  readonly store: Store;
  readonly call: RouteCall;
}

/** What it is given beside that where an account has to be signed in. */
export interface SignedIn extends Anyone {
  readonly actor: Account;
}

/** What it is given below a project that the account may see. */
export interface InProject extends SignedIn {
  readonly project: StoredProject;
  /** What the actor may do there. */
  readonly held: readonly StoredPermission[];
  /** Whether the actor may say who else has access: project admins may, and who manages the organization's members. */
  readonly managesAccess: boolean;
}

/** What it is given below one of its environments. */
export interface InEnvironment extends InProject {
  readonly environment: StoredEnvironment;
}

/** An address, who may call it, and what it answers. */
export type Route = {
  readonly method: Method;
  /** Segments that begin with `:` match any one segment, as it was sent: `%2F` doesn't split. */
  readonly pattern: string;
} & (
  | { readonly access: "anyone"; readonly handle: (context: Anyone) => HttpReply }
  | { readonly access: "bearer"; readonly handle: (context: SignedIn) => HttpReply }
);

/** A route that answers whoever asks. */
export function openRoute(
  method: Method,
  pattern: string,
  handle: (context: Anyone) => HttpReply,
): Route {
  return { method, pattern, access: "anyone", handle };
}

/** A route that answers who is signed in, and others with a 401. */
export function signedInRoute(
  method: Method,
  pattern: string,
  handle: (context: SignedIn) => HttpReply,
): Route {
  return { method, pattern, access: "bearer", handle };
}

/** A route below `/projects/:project`, for those who may do `action` there; others get a 403. */
export function onProject(
  method: Method,
  pattern: string,
  action: ProjectAction,
  handle: (context: InProject) => HttpReply,
): Route {
  return signedInRoute(method, `/projects/:project${pattern}`, (context) => {
    const scope = visibleProject(context);
    const isAboutAccess = action === "view-access" || action === "manage-access";
    if (!mayOnProject(scope.held, action) && !(isAboutAccess && scope.managesAccess)) {
      throw forbiddenRequest(scope.held.length === 0 ? "project_view" : view(method, action));
    }
    return handle(scope);
  });
}

/** A route below `/projects/:project/environments/:environment`; what can't be viewed is not found. */
export function onEnvironment(
  method: Method,
  pattern: string,
  action: EnvironmentAction,
  handle: (context: InEnvironment) => HttpReply,
): Route {
  const whole = `/environments/:environment${pattern}`;
  return onProject(method, whole, "view", (context) => {
    const environment = context.project.environments.get(context.call.param("environment"));
    if (environment === undefined || !mayOnEnvironment(context.held, environment.type, "view")) {
      throw projectFailure(404, "The environment was not found.");
    }
    if (!mayOnEnvironment(context.held, environment.type, action)) {
      throw forbiddenRequest(view(method, action));
    }
    return handle({ ...context, environment });
  });
}

/** A project that does not exist and one that may not be seen are refused alike. */
function visibleProject(context: SignedIn): InProject {
  const { store, call, actor } = context;
  const project = store.projects.get(call.param("project"));
  if (project === undefined) throw forbiddenRequest("project_view");
  const held = permissionsOn(store, project, actor.id);
  const managesAccess =
    mayOnProject(held, "manage-access") || holds(store, project.organization, actor.id, "members");
  return { ...context, project, held, managesAccess };
}

function view(method: Method, action: string): string {
  return `${action.replaceAll("-", "_")}_${method.toLowerCase()}_view`;
}
