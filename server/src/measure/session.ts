// A session with a relay, and the times between which it must have been opened and closed. Times in milliseconds, half-open.
import type { Attempt } from "../measurement.ts";

/** One session; what is known of it grows while its lines are read. */
export interface Session {
  readonly first: Attempt;
  last: Attempt;
  /** Messages tried over it. */
  messages: number;
  /** The first attempts of its messages behind the first one; which session carried them is the log's best guess. */
  later: Attempt[] | undefined;
  /** The process that alone held it; undefined when it went from one to another, or none is known. */
  process: string | undefined;
  /** Whether the other side left it open behind the last line. */
  alive: boolean;
  /** The use of its connection that the last line counts. */
  use: number | undefined;
  /** It was opened in [openFrom, openBy), and closed in [endFrom, endBy). */
  openFrom: number;
  openBy: number;
  endFrom: number;
  endBy: number;
  /** Where it is drawn: the likeliest opening and end within these bounds. */
  start: number;
  end: number;
}

/** Between which times a session was opened, and a line of it written, by one attempt alone. */
export interface Bounds {
  readonly openFrom: number;
  readonly openBy: number;
  readonly endFrom: number;
  readonly endBy: number;
}

/** The bounds that an attempt gives; figures that contradict each other are taken by the line's own time alone. */
export function boundsOf(attempt: Attempt): Bounds {
  const { at, grain, open, openGrain, notBefore, notAfter } = attempt;
  const own = {
    openFrom: at - (open ?? 0) - openGrain,
    openBy: at + grain - (open ?? 0),
    endFrom: at,
    endBy: at + grain,
  };
  const openFrom =
    open === undefined ? Math.min(notBefore ?? at, at) : Math.max(own.openFrom, notBefore ?? own.openFrom);
  const openBy = Math.min(own.openBy, notAfter ?? own.openBy);
  if (openFrom > openBy) return own;
  if (open === undefined) return { ...own, openFrom, openBy };
  const endFrom = Math.max(at, openFrom + open);
  const endBy = Math.min(own.endBy, openBy + open + openGrain);
  return endFrom > endBy ? own : { openFrom, openBy, endFrom, endBy };
}

/** The session that an attempt begins. */
export function sessionOf(attempt: Attempt): Session {
  const bounds = boundsOf(attempt);
  return {
    first: attempt,
    last: attempt,
    messages: 1,
    later: undefined,
    process: attempt.process,
    alive: isAlive(attempt),
    use: attempt.use,
    ...bounds,
    start: bounds.openFrom,
    end: bounds.endBy,
  };
}

/** Adds a line about the message that the session carries already: another recipient. */
export function addRecipient(session: Session, attempt: Attempt): void {
  const { openFrom, openBy, endFrom, endBy } = boundsOf(attempt);
  if (session.messages === 1 && openFrom < session.openBy && openBy > session.openFrom) {
    session.openFrom = Math.max(session.openFrom, openFrom);
    session.openBy = Math.min(session.openBy, openBy);
  }
  extend(session, attempt, { endFrom, endBy });
}

/** Adds another message over the same connection; `process` stays when the same one goes on with it. */
export function addMessage(session: Session, attempt: Attempt): void {
  session.messages++;
  session.later ??= [];
  session.later.push(attempt);
  // A connection that is handed on waits between two processes, so neither holds it alone.
  if (attempt.format !== "sendmail" && attempt.format !== "opensmtpd") session.process = undefined;
  session.use = attempt.use;
  extend(session, attempt, boundsOf(attempt));
}

function extend(session: Session, attempt: Attempt, { endFrom, endBy }: Pick<Bounds, "endFrom" | "endBy">): void {
  session.endFrom = Math.max(session.endFrom, endFrom);
  session.endBy = Math.max(session.endBy, endBy);
  session.last = attempt;
  session.alive = isAlive(attempt);
}

// A greeting that refuses ends the session; after any other reply the server may keep it.
function isAlive({ outcome, stage }: Attempt): boolean {
  return outcome === "accepted" || (stage !== undefined && stage !== "connect");
}
