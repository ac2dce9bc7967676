// Why something could not be done, for sentences that end it themselves.

/** What a fault says, without its last full stop. */
export function reasonOf(problem: unknown): string {
  return (problem instanceof Error ? problem.message : String(problem)).replace(/\.$/, "");
}
