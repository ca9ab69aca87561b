import type * as dialogue from "../dialogue/step.ts";
import type { SetupContext } from "./context.ts";
import type { SetupRequest, StepId } from "./session.ts";

/** One step of the setup, of the rotation or of a look at what was set up. */
export type Step = dialogue.DialogueStep<SetupRequest, StepId, SetupContext>;

/** What opening one of them gives. */
export type Opened = dialogue.OpenedStep<SetupRequest>;

/** What a reply to one of them gives. */
export type Taken = dialogue.TakenReply<SetupRequest, StepId>;
