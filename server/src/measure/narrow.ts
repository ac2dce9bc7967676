// Narrows the bounds of sessions by what the order of lines and the processes tell, and places each session within its own.
import type { Session } from "./session.ts";

/** Narrows and places all sessions of one sender and provider, in place. */
export function narrow(sessions: readonly Session[]): void {
  const byEnd = [...sessions].sort((a, b) => a.last.line - b.last.line);
  byProcess(sessions);
  byOrder(byEnd);
  for (const session of sessions) carryOver(session);
  placeEnds(byEnd);
  placeStarts(byEnd);
}

/** A process opens no session before it has ended the one before; which queue run had a message is a guess, so it narrows nothing. */
function byProcess(sessions: readonly Session[]): void {
  const before = new Map<string, Session>();
  for (const session of sessions) {
    if (session.process === undefined || session.process.startsWith("queue run ")) continue;
    const last = before.get(session.process);
    before.set(session.process, session);
    if (last === undefined || last.endFrom > session.openBy) continue;
    session.openFrom = Math.max(session.openFrom, last.endFrom);
    last.endBy = Math.min(last.endBy, Math.max(session.openBy, last.endFrom));
  }
}

/** A line is not written before the one above it; a time that goes back starts anew. */
function byOrder(byEnd: readonly Session[]): void {
  let earliest = Number.NEGATIVE_INFINITY;
  byEnd.forEach((session, index) => {
    earliest =
      session.last.at < (byEnd[index - 1]?.last.at ?? session.last.at)
        ? session.endFrom
        : Math.max(earliest, session.endFrom);
    if (earliest < session.endBy) session.endFrom = earliest;
  });
  let latest = Number.POSITIVE_INFINITY;
  for (let index = byEnd.length - 1; index >= 0; index--) {
    const session = byEnd[index];
    if (session === undefined) continue;
    latest =
      session.last.at > (byEnd[index + 1]?.last.at ?? session.last.at)
        ? session.endBy
        : Math.min(latest, session.endBy);
    if (latest > session.endFrom) session.endBy = latest;
  }
}

/** What is known of the end tells of the opening, where one line tells of both. */
function carryOver(session: Session): void {
  const { first, messages } = session;
  if (messages > 1 || first.open === undefined) return;
  const openFrom = Math.max(session.openFrom, session.endFrom - longest(session));
  const openBy = Math.min(session.openBy, session.endBy - first.open);
  if (openFrom <= openBy) Object.assign(session, { openFrom, openBy });
}

function longest({ first, last }: Session): number {
  return (first.open ?? 0) + first.openGrain + Math.max(0, last.at + last.grain - first.at);
}

/** Each end at the likely moment of its line, in the order of lines. */
function placeEnds(byEnd: readonly Session[]): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const session of byEnd) {
    const likely = Math.min(Math.max(session.last.moment, session.endFrom), session.endBy);
    session.end = before > likely && before < session.endBy ? before : likely;
    before = session.end;
  }
}

/**
 * The opening as late as the figures allow: sessions that follow each other then never seem to overlap by rounding alone.
 * Where the line tells no length and no line announced the message, the session was a moment.
 */
function placeStarts(byEnd: readonly Session[]): void {
  const ends = new Map<string, number>();
  for (const session of byEnd) {
    const { first, last, end, openFrom, openBy, process } = session;
    const firstEnd = first === last ? end : Math.min(end, first.moment);
    const guess = announced(session) ?? firstEnd - lengthOf(first);
    const free = process === undefined ? undefined : ends.get(process);
    session.start = Math.min(end, Math.max(Math.min(Math.max(guess, openFrom), openBy), free ?? openFrom));
    if (process !== undefined) ends.set(process, end);
  }
}

/** Rounding decides whether sessions that are this short touch: the middle is as likely as any length. */
const short = 20;

function lengthOf({ open = 0, openGrain }: Session["first"]): number {
  return open < short && openGrain < short ? open + openGrain / 2 : open;
}

// A short session began just before its line, wherever in the second that stands; one whose message waited began later.
function announced({ first, openFrom }: Session): number | undefined {
  const { open, openGrain, grain, likelyOpen } = first;
  const isShort = open !== undefined && open < grain && openGrain < grain;
  return likelyOpen === undefined || likelyOpen < openFrom || isShort ? undefined : likelyOpen;
}
