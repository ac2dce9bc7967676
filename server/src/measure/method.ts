// How sessions were counted and how far that can be wrong, in words.
import type { Attempt, Peak } from "../measurement.ts";

/** One to three sentences about the count of sessions of these attempts. */
export function methodOf(attempts: readonly Attempt[], peak: Peak, caches: boolean): string {
  const [first] = attempts;
  const base = bases[first?.format ?? "plain"]?.(attempts) ?? "Sessions are counted by the lines of deliveries.";
  return [base, clockWords(first?.grain ?? 1), boundWords(peak, first?.format === "postfix"), caches ? idleWords : ""]
    .filter((words) => words !== "")
    .join(" ");
}

const idleWords = "Idle connections that Postfix keeps for the next message are counted in the upper bound only.";

const bases: Partial<Record<Attempt["format"], (attempts: readonly Attempt[]) => string>> = {
  postfix: () =>
    "A session is taken to last the c and d of delays=a/b/c/d before its line, one at a time in each process; conn_use= continues it.",
  exim: (attempts) =>
    attempts.some(({ open }) => open !== undefined)
      ? "A session is taken to last DT= before its line; a * behind the host continues it."
      : "This log has no DT= (log_selector = +deliver_time), so a message's first session is taken to begin when the message came in, and a later one to be a moment.",
  sendmail: () =>
    "A session is taken to last xdelay= before its line, one at a time in each process, which goes on with it for the same host.",
};

function clockWords(grain: number): string {
  return grain >= 1000 ? "The log's clock shows whole seconds." : "";
}

function boundWords({ sessions, least, most }: Peak, isPostfix: boolean): string {
  if (least === most) return "No rounding changes this count.";
  const why = isPostfix
    ? "By the log's rounding, and because Postfix closes a session just behind its line,"
    : "By the log's rounding";
  return `${why} the peak is at least ${least} and at most ${most}${sessions > least ? ", and most likely as given" : ""}.`;
}
