// The verdict: one sentence that says what was found and when, and never more than that.
import type { Address, Verdict } from "../model.ts";
import type { Ending } from "./limits.ts";

/** What the sentence is made of. */
export interface Outcome {
  readonly rows: readonly { readonly verdict: Verdict; readonly brief: string | undefined }[];
  readonly ended: Ending;
  /** When the check began, "2026-11-23T20:00Z". */
  readonly time: string;
  /** Not one question was answered by any DNS server. */
  readonly offline: boolean;
  readonly resolver: string;
  /** The entry the question comes from, "cox/CXCNCT". */
  readonly entry: string | undefined;
}

/** The sentence for an address that nothing is asked about. */
export function notAsked(address: Address): string {
  return `Nothing was asked: ${address.explanation ?? "the address is not public."}`;
}

/** The sentence about a public address. */
export function verdictSentence(outcome: Outcome): string {
  if (outcome.offline) return offline(outcome);
  const clauses = outcome.rows.map((row) => row.brief).filter((brief) => brief !== undefined);
  const said = capital(clauses.join("; "));
  return `${endings[outcome.ended]}${said}.${reach(outcome)}`;
}

const endings: Readonly<Record<Ending, string>> = {
  complete: "",
  cancelled: "Cancelled before all answers came. ",
  deadline: "Not all answers came in time. ",
};

function offline({ time, resolver }: Outcome): string {
  return `No DNS server answered at ${time} (asked: ${resolver}), so nothing is known about the address. Look at this machine's network, or set another resolver.`;
}

function reach({ rows, entry }: Outcome): string {
  const then = `at the time of the refusal${entry === undefined ? "" : ` (${entry.slice(entry.lastIndexOf("/") + 1)})`}`;
  const some = (verdict: Verdict) => rows.some((row) => row.verdict === verdict);
  if (some("listed")) return ` That is the state now; what counted is the state ${then}.`;
  if (some("not-listed")) {
    return ` That does not rule out another list, the provider's own block, its limits, or an entry ${then}.`;
  }
  return "";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
