// Reads one line by the formats: its log's own first, then any other, also within a line of a container's log.
import type { FormatId } from "../model.ts";
import type { Plain } from "./columns.ts";
import { carried, carriedText } from "./container.ts";
import type { Around, Format, Parts } from "./format.ts";
import { formats } from "./formats/index.ts";

/** What is known of a log before its lines are read. */
export interface LogKind {
  readonly format: FormatId;
  /** The line that names the columns, in a log that has one. */
  readonly header?: string | undefined;
}

/** What a line holds, and by which format. */
export interface Found {
  readonly format: FormatId;
  readonly parts: Parts;
  /** Where a line that another one carries stands on it; undefined for an ordinary line. */
  readonly carrier: Plain | undefined;
}

/** Reads one line as the format of its log has it, or as any other; undefined when it shows nothing. */
export function readAs(line: string, around: Around, log: LogKind): Found | undefined {
  const carrier = carried(line);
  const found = readOne(carrier?.text ?? line, carriedAround(around), log);
  return found && { ...found, carrier };
}

function carriedAround(around: Around): Around {
  return (distance) => {
    const line = around(distance);
    return line && carriedText(line);
  };
}

function readOne(line: string, around: Around, log: LogKind) {
  for (const format of ranked(log.format)) {
    const parts = format.read(line, around, format.id === log.format ? log.header : undefined);
    if (parts !== undefined) return { format: format.id, parts };
  }
  return undefined;
}

const rankings = new Map<FormatId, readonly Format[]>();

function ranked(first: FormatId): readonly Format[] {
  const known = rankings.get(first);
  if (known !== undefined) return known;
  // Plain text never goes first: a log line pasted into a mail is still that server's line.
  const rank = (format: Format) => (format.id === "plain" ? 2 : format.id === first ? 0 : 1);
  const order = formats.filter(({ id, alone }) => !alone || id === first).sort((a, b) => rank(a) - rank(b));
  rankings.set(first, order);
  return order;
}

/** What bites on the lines of a log. Lines of other servers are rare: their first bait alone is out for them. */
export function baitsFor(first: FormatId): readonly RegExp[] {
  return formats.flatMap((format) =>
    format.id === first || format.id === "plain" ? format.baits : format.baits.slice(0, 1),
  );
}
