/** A sandbox that could not be made, listed or deleted: what happened, and what to do about it. Not a defect, so no stack trace. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}
