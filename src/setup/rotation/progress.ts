/** How far one rotation has come, for what is said when it ends before its end. */
export interface RotationProgress {
  /** Whether the new token was sent; "begun" while nobody knows what became of the request. */
  replacing: "not begun" | "begun" | "done";
  /** Which token the secret of CI has, as far as a job uses one; "unread" where there is no checkout to look in. */
  ci: "unread" | "none" | "old" | "new";
  /** What became of the old token. */
  old: "kept" | "revoking" | "revoked";
}
