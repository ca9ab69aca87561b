/** How far one rotation has come, for what is said when it ends before its end. */
export interface RotationProgress {
  /** Whether the new token was sent; "begun" while nobody knows what became of the request. */
  replacing: "not begun" | "begun" | "done";
  /** Which token the secret of CI has, where a job uses one; why that isn't known, where it can't be told. */
  ci: "none" | "old" | "new" | { readonly unread: string };
  /** What became of the old token. */
  old: "kept" | "revoking" | "revoked";
}
