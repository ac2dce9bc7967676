// Proves that a regular expression cannot be made to run for ever by the text that it reads.
import assert from "node:assert/strict";
import recheck from "recheck";

/**
 * The checker's search for attacks. By its defaults anything over five steps a character is an attack, which a bounded
 * repetition such as {1,300} takes without being one; and on a busy machine its clocks cut the search short, so that the same
 * pattern is safe in one run and not in the next.
 */
const search = {
  ...{ attackLimit: 30_000_000, maxAttackStringSize: 60_000 },
  ...{ timeout: 60_000, incubationTimeout: 20_000, attackTimeout: 30_000 },
};

/** Fails when some text makes the pattern backtrack more than linearly; `whose` says where it stands. */
export function assertLinear({ source, flags }: Pick<RegExp, "source" | "flags">, whose = ""): void {
  const result = recheck.checkSync(source, flags.replace("d", ""), search);
  const attack = result.status === "vulnerable" ? `: ${result.attack.pattern.slice(0, 200)}` : "";
  assert.equal(result.status, "safe", `${whose} /${source}/${flags}${attack}`);
}

/** True when the checker finds an attack. */
export function backtracks({ source, flags }: Pick<RegExp, "source" | "flags">): boolean {
  return recheck.checkSync(source, flags, search).status === "vulnerable";
}
