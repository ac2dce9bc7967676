// Texts with the failing lines of logs: what they are asked by, what they hold, and the addresses that they have in the editor.
import type { Kind } from "./tally.ts";

/** Asks for the failing lines of a log, or for those of several logs that one number of a report stands for. */
export interface FailuresParams {
  readonly uri: string;
  readonly order: FailuresOrder;
  /** Undefined for all failures of the log. */
  readonly chosen?: ChosenFailures;
}

/** As they stand in the log, or each kind of failure for itself. */
export type FailuresOrder = "log" | "kind";

/** Some failures of the logs of a report: those of which all that is told here is true. */
export interface ChosenFailures {
  /** The logs, in order of time. */
  readonly uris: readonly string[];
  /** What they are, in words for a person: a stranger's text may be among them. */
  readonly name: string;
  /** The name of who refused, as the report has it. */
  readonly provider?: string;
  /** The id of a kind of failure of the report. */
  readonly group?: string;
  /** True when kinds beyond the most that are kept apart were counted together. */
  readonly merged?: boolean;
  readonly kind?: Kind;
  /** The recipient's, in lower case. */
  readonly domain?: string;
  /** The sending address. */
  readonly source?: string;
  /** What was said, with an ellipsis for what changes. */
  readonly wording?: string;
  /** From when on and until when, in milliseconds since 1970 in the log's own clock. */
  readonly from?: number;
  readonly until?: number;
}

/** The failing lines of logs; lines that begin with "# " are ours. */
export interface FailuresText {
  readonly text: string;
  /** For each line of the text, its line in the log, from 0; -1 for a line of ours. */
  readonly lines: readonly number[];
  /** For each line of the text, the index of its log among `uris` of what was chosen; undefined where there is one log only. */
  readonly files?: readonly number[];
}

/**
 * The scheme of texts with the failing lines of a log:
 * `smtp-failures:/mail.log failures?{"log":"file:///var/log/mail.log","order":"log"}`.
 */
export const failuresScheme = "smtp-failures";

/** What such an address asks for; undefined for any other address. */
export function readFailuresUri(uri: string): FailuresParams | undefined {
  if (!uri.startsWith(`${failuresScheme}:`)) return undefined;
  try {
    const query: unknown = JSON.parse(decodeURIComponent(/\?([^#]*)/.exec(uri)?.[1] ?? ""));
    const { log, order, chosen } = Object(query) as Record<string, unknown>;
    const known = order === "log" || order === "kind" ? order : undefined;
    if (typeof log !== "string" || log === "" || known === undefined) return undefined;
    const some = readChosen(chosen);
    return { uri: log, order: known, ...(some === undefined ? {} : { chosen: some }) };
  } catch {
    return undefined;
  }
}

const texts = ["provider", "group", "domain", "source", "wording"] as const;
const numbers = ["from", "until"] as const;
const kinds: readonly unknown[] = ["permanent", "temporary", "ours"];

/** Reads what was chosen; undefined for anything that chooses nothing. */
export function readChosen(value: unknown): ChosenFailures | undefined {
  const record = Object(value) as Record<string, unknown>;
  const { uris, name, kind } = record;
  if (!Array.isArray(uris) || uris.length === 0 || !uris.every((uri) => typeof uri === "string")) return undefined;
  const told = [
    ...texts.filter((key) => typeof record[key] === "string"),
    ...numbers.filter((key) => Number.isFinite(record[key])),
    ...(kinds.includes(kind) ? ["kind"] : []),
    ...(record.merged === true ? ["merged"] : []),
  ];
  const pairs = told.map((key) => [key, record[key]]);
  return { uris, name: typeof name === "string" ? name : "", ...Object.fromEntries(pairs) };
}
