// The turns of a session in Exchange's SMTP protocol logs: which command a reply answers, and on which lines it goes on.
import { readCsv } from "./csv.ts";
import type { Around } from "./format.ts";

/** A line of a protocol log. */
export interface Turn {
  readonly session: string;
  /** "+" connect, "-" disconnect, ">" sent by us, "<" received by us, "*" information. */
  readonly event: string;
  readonly data: string;
}

/** How far is looked: an edit is known to matter within so many lines. */
const reach = 24;

function turnOf(line: string | undefined): Turn | undefined {
  const fields = line === undefined ? [] : readCsv(line.slice(0, 2048), 0).fields;
  const [session, event, data] = [fields[2]?.text, fields[6]?.text, fields[7]?.text];
  return session === undefined || event === undefined || data === undefined ? undefined : { session, event, data };
}

/** The turns of the same session above a line, the nearest first. */
function turnsAbove(around: Around, session: string): readonly Turn[] {
  const turns: Turn[] = [];
  for (let distance = -1; distance >= -reach; distance--) {
    const line = around(distance);
    if (line === undefined) break;
    const turn = turnOf(line);
    if (turn?.session === session) turns.push(turn);
  }
  return turns;
}

/** The command that a reply answers ("RCPT TO:<…>"), "end of data" for the message itself; undefined for the greeting. Commands may be sent ahead of their replies. */
export function commandAnswered(around: Around, { session, event }: Turn): string | undefined {
  let replies = 0;
  const commands: string[] = [];
  for (const turn of turnsAbove(around, session)) {
    if (turn.event === event && commands.length > 0) break;
    if (turn.event === event && /^\d{3}(?: |$)/.test(turn.data)) replies++;
    else if (turn.event === opposite(event)) commands.unshift(turn.data);
  }
  const last = commands.at(-1) ?? "";
  if (/^BDAT/i.test(commands[replies] ?? last) || (replies >= commands.length && /^DATA/i.test(last)))
    return "end of data";
  return commands[replies] ?? commands.at(-1);
}

function opposite(event: string): string {
  return event === "<" ? ">" : "<";
}

/** Whether a line goes on with the reply of the line above it in its session: "550-…", then "550 …". */
export function goesOn(around: Around, turn: Turn): boolean {
  const [above] = turnsAbove(around, turn.session);
  return above?.event === turn.event && above.data.startsWith(`${turn.data.slice(0, 3)}-`);
}

/** The whole text of a reply that begins with a turn, its further lines joined by blanks. */
export function wholeReply(around: Around, turn: Turn): string {
  const lines = [turn.data];
  for (let distance = 1; distance <= reach && /^\d{3}-/.test(lines.at(-1) ?? ""); distance++) {
    const next = turnOf(around(distance));
    if (next === undefined || (next.session === turn.session && next.event !== turn.event)) break;
    if (next.session === turn.session) lines.push(next.data);
  }
  return lines.join(" ");
}
