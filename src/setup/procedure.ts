import type * as dialogue from "../dialogue/procedure.ts";
import type { SetupContext } from "./context.ts";
import type { SetupRequest, StepId } from "./session.ts";

/** What the setup, the rotation or a look at what was set up asks and does. */
export type Procedure = dialogue.DialogueProcedure<SetupRequest, StepId, SetupContext>;
