// When the session of an attempt can have been opened, from its own line and from the one that announced the message.
import type { Attempt } from "../../measurement.ts";
import type { Range, Trial } from "../format.ts";
import type { Instant } from "../instant.ts";
import type { Written } from "../moments.ts";

/** What is known beside the trial. */
export interface Context {
  readonly now: Instant;
  readonly since: Written | undefined;
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
  { now, since, atOnce, isFirst }: Context,
  open: Range | undefined,
): [number | undefined, number | undefined] {
  const second = Math.floor(now.at / 1000) * 1000;
  const own: Range | undefined = opened && { least: second + opened.least, most: second + opened.most };
  if (since === undefined || since.at > now.at + now.grain) return [own?.least, own?.most];
  if (waited !== undefined && waited.most <= longestOpen) {
    return [since.at + waited.least, since.at + since.grain + waited.most];
  }
  const tells = atOnce && isFirst && now.at - since.at <= longestAtOnce;
  if (open === undefined) return [tells ? since.at : undefined, undefined];
  return [Math.max(since.at, own?.least ?? since.at), own?.most];
}

/** How long after the announcement the session was likely opened; undefined where the line's own figures tell more. */
export function likelyDelay(trial: Trial, { now, since, atOnce, isFirst }: Context): number | undefined {
  if (since === undefined || since.at > now.at + now.grain) return undefined;
  if (trial.waited !== undefined) {
    return trial.waited.most <= shortWait ? (trial.waited.least + trial.waited.most) / 2 : undefined;
  }
  const tells = atOnce && isFirst && now.at - since.at <= longestAtOnce;
  const isCoarse = trial.open === undefined || trial.open.most - trial.open.least >= 1000;
  return tells && isCoarse ? 0 : undefined;
}
