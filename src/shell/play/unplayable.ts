/** Thrown where a script does something that can't be played exactly; its message goes on after "because". */
export class Unplayable extends Error {}
