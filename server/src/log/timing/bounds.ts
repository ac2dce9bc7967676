// When the session of an attempt can have been opened, from its own line and from the one that announced the message.
import type { Attempt } from "../../measurement.ts";
import type { Range, Trial } from "../format.ts";
import type { Instant } from "../instant.ts";
import type { Written } from "../moments.ts";

/** What is known beside the trial. */
export interface Context {
  readonly now: Instant;
  /** When the message was announced, or a queue run became free for it. */
  readonly since: Written | undefined;
  /** When that queue run began: which run it was is a guess, so this alone is sure. */
  readonly began: Written | undefined;
  readonly atOnce: boolean;
  /** True for the first try of this message for this recipient. */
  readonly isFirst: boolean;
}

/** Within it the order of lines tells more than the clock. */
const shortWait = 100;

type Bounds = Pick<Attempt, "open" | "openGrain" | "setup" | "notBefore" | "notAfter">;

const longestOpen = 86_400_000;
/** A message that waits longer was queued: a command of the session may take 5 minutes (RFC 5321 4.5.3.2). */
const longestAtOnce = 300_000;

/** The bounds of a session's opening; figures beyond a day are taken for none. */
export function boundsOf(trial: Trial, context: Context): Bounds {
  const open = trial.open !== undefined && trial.open.most <= longestOpen ? trial.open : undefined;
  const [least, most] = opening(trial, context, open);
  return {
    open: open?.least,
    openGrain: open === undefined ? 0 : open.most - open.least,
    setup: open === undefined ? 0 : Math.min(trial.setup, open.least),
    notBefore: least,
    notAfter: most,
  };
}

function opening(
  { opened, waited }: Trial,
  { now, since, began, atOnce, isFirst }: Context,
  open: Range | undefined,
): [number | undefined, number | undefined] {
  const second = Math.floor(now.at / 1000) * 1000;
  const own: Range | undefined = opened && { least: second + opened.least, most: second + opened.most };
  if (since === undefined || since.at > now.at + now.grain) return [own?.least, own?.most];
  if (waited !== undefined && waited.most <= longestOpen) {
    return [since.at + waited.least, since.at + since.grain + waited.most];
  }
  const tells = atOnce && isFirst && now.at - since.at <= longestAtOnce;
  const from = (began ?? since).at;
  if (open === undefined) return [tells ? from : undefined, undefined];
  return [Math.max(from, own?.least ?? from), own?.most];
}

/** How long after the announcement the session was likely opened; undefined where the line's own figures tell more. */
export function likelyDelay(trial: Trial, { now, since, atOnce, isFirst }: Context): number | undefined {
  if (since === undefined || since.at > now.at + now.grain) return undefined;
  if (trial.waited !== undefined) {
    return trial.waited.most <= shortWait ? (trial.waited.least + trial.waited.most) / 2 : undefined;
  }
  const tells = atOnce && isFirst && now.at - since.at <= longestAtOnce;
  return tells && isCoarse(trial) ? 0 : undefined;
}

/** True for a line that does not tell how long its session was open, or by whole seconds only. */
export function isCoarse({ open }: Trial): boolean {
  return open === undefined || open.most - open.least >= 1000;
}
