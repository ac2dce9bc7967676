// Which attempts went over the same session: several recipients of one message, and connections that a server kept.
import type { Attempt } from "../measurement.ts";
import { addMessage, addRecipient, boundsOf, type Session, sessionOf } from "./session.ts";

/** The sessions of attempts that are sorted by line, and which of them each attempt went over. */
export interface Sessions {
  /** In the order of their first lines. */
  readonly all: readonly Session[];
  readonly of: ReadonlyMap<Attempt, Session>;
  /** The first attempt of each message over each session. */
  readonly messages: readonly Attempt[];
}

/** Puts attempts together; those without a connection belong to no session. */
export function sessionsOf(attempts: readonly Attempt[]): Sessions {
  const state: State = { all: [], of: new Map(), messages: [], carrying: new Map(), kept: new Map() };
  for (const attempt of attempts) if (attempt.connected) place(attempt, state);
  return state;
}

interface State {
  readonly all: Session[];
  readonly of: Map<Attempt, Session>;
  readonly messages: Attempt[];
  /** By process, message and relay: the session that carried it last. */
  readonly carrying: Map<string, Session>;
  /** By relay: sessions that may be open still, the youngest last. */
  readonly kept: Map<string, Session[]>;
}

function place(attempt: Attempt, state: State): void {
  const relay = attempt.relay.ip ?? attempt.relay.host ?? "";
  const key = `${attempt.process ?? ""}\n${attempt.queueId ?? attempt.line}\n${relay}`;
  const same = state.carrying.get(key);
  if (same !== undefined && boundsOf(attempt).openFrom <= same.endBy) {
    addRecipient(same, attempt);
    state.of.set(attempt, same);
    return;
  }
  const kept = takeKept(attempt, state.kept.get(relay));
  const session = kept ?? sessionOf(attempt);
  if (kept === undefined) state.all.push(session);
  else addMessage(kept, attempt);
  state.of.set(attempt, session);
  state.messages.push(attempt);
  state.carrying.set(key, session);
  keep(session, relay, state);
}

/** More connections to one host are not kept. */
const mostKept = 64;

function keep(session: Session, relay: string, { kept }: State): void {
  const list = kept.get(relay);
  if (list === undefined) kept.set(relay, [session]);
  else if (list.push(session) > mostKept) list.shift();
}

/** The one that became free last: a server hands a connection on at once when a message waits for it. */
function takeKept(attempt: Attempt, list: Session[] | undefined): Session | undefined {
  if (list === undefined) return undefined;
  const at = list.findLastIndex((session) => continues(session, attempt));
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

/** Sendmail's ConnectionCacheTimeout, and longer than Exim needs to hand a connection on. */
const longestKept = 300_000;

/** More than Postfix's smtp_connection_cache_time_limit, which is 2 seconds unless set. */
const longestIdle = 10_000;

function continues(session: Session, attempt: Attempt): boolean {
  const { last, alive } = session;
  // OpenSMTPD numbers its sessions, whatever their lines leave open of their times.
  if (attempt.format === "opensmtpd") return alive && attempt.process !== undefined && attempt.process === last.process;
  const { openFrom, openBy } = boundsOf(attempt);
  if (!alive || attempt.at < last.at || openBy < session.endFrom) return false;
  // Sendmail says nothing of its cache: a process that has just served this host holds the connection.
  if (attempt.format === "sendmail") {
    return attempt.process !== undefined && attempt.process === last.process && openFrom - session.endBy <= longestKept;
  }
  if (openFrom - session.endBy > (attempt.format === "postfix" ? longestIdle : longestKept)) return false;
  return attempt.reused && (attempt.use === undefined || attempt.use - 1 === session.use);
}
