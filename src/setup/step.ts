import type { DialogueProcedure } from "../dialogue/procedure.ts";
import type { DialogueStep, OpenedStep, TakenReply } from "../dialogue/step.ts";
import type { SetupContext } from "./context.ts";
import type { SetupRequest, StepId } from "./session.ts";

/** What the setup, the rotation or a verification asks and does. */
export type Procedure = DialogueProcedure<SetupRequest, StepId, SetupContext>;

/** One step of such a procedure. */
export type Step = DialogueStep<SetupRequest, StepId, SetupContext>;

/** What opening a step gives. */
export type OpenedSetupStep = OpenedStep<SetupRequest>;

/** What a reply to a step gives. */
export type TakenSetupReply = TakenReply<SetupRequest, StepId>;
