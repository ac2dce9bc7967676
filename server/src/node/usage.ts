// How a command ends, and the fault of a command line that was not understood.

/** Exit codes, as `--help` tells them. */
export const exitCodes = { done: 0, failed: 1, usage: 2, unknown: 3 } as const;

/** The command line was not understood; the message is a sentence for the user. */
export class UsageError extends Error {}
