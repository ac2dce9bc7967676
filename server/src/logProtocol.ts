// Our own requests about whole logs, open in the editor or read from disk: names and types.
import type { Counts, Kind } from "./tally.ts";

/** Names of our requests (client to server) and notifications (client to server where not told otherwise). */
export const logMethods = {
  /** ScanParams → ScanAnswer: reads a file that the editor hands over to nobody. Cancel by the request's token. */
  scan: "smtpLogLens/scan",
  /** ScanProgressParams, server to client, while a file is read for such a request. */
  progress: "smtpLogLens/scanProgress",
  /** { uri }, a notification: the file is no longer looked at, forget it. */
  forget: "smtpLogLens/forget",
  /** NextParams → NextFailure | null: where the next failing line is; null when there is none. */
  next: "smtpLogLens/nextFailure",
  /** nothing → FailureCode[] : what all known logs hold, the most frequent first. */
  codes: "smtpLogLens/failureCodes",
  /** OccurrencesParams → Occurrence[] : where a code stands, by log and line. */
  occurrences: "smtpLogLens/occurrences",
  /** ReportParams → ReportPage | LogRefusal: what some logs hold, counted. Cancel by the request's token. */
  report: "smtpLogLens/report",
  /** ExportParams → string | LogRefusal: the report that was made last of these logs, in one of its forms. */
  export: "smtpLogLens/exportReport",
  /** { uri } → string[] : the files of the log's rotation, itself among them, in time order. */
  rotation: "smtpLogLens/rotation",
  /** FailuresParams → FailuresText | LogRefusal: the failing lines of a log as a text of their own. */
  failures: "smtpLogLens/failures",
} as const;

/** Asks for a file to be read from disk. */
export interface ScanParams {
  readonly uri: string;
  /** True when its name says that it is a mail log, whatever its first lines look like. */
  readonly certain: boolean;
}

/** How far a file is read. */
export interface ScanProgressParams {
  readonly uri: string;
  /** 0 to 100. */
  readonly percentage: number;
  /** "43 % · 180 MB/s · 1,204 failures" */
  readonly message: string;
}

/** What became of it. */
export type ScanAnswer =
  | { readonly state: "read"; readonly failures: number }
  /** The user stopped it; what was found until then stays. */
  | { readonly state: "stopped"; readonly failures: number }
  /** A text, but no mail log. */
  | { readonly state: "no-log" }
  /** A clause for the user: "it is a directory". */
  | { readonly state: "failed"; readonly why: string };

/** Asks for the failing line behind (or before) a line. */
export interface NextParams {
  readonly uri: string;
  /** From 0; -1 stands before the first line. */
  readonly line: number;
  readonly back: boolean;
}

/** A failing line. */
export interface NextFailure {
  /** From 0. */
  readonly line: number;
  /** UTF-16 columns of what tells most, when that is known. */
  readonly start: number;
  readonly end: number;
  /** True when the search went on from the other end of the log. */
  readonly wrapped: boolean;
}

/** A code, in all logs that are known. */
export interface FailureCode {
  /** The address of its explanation. */
  readonly page: string;
  readonly code: string;
  readonly title: string;
  readonly provider: string;
  /** The gravest of its failures. */
  readonly kind: Kind;
  readonly count: number;
  /** The first and the last time, as the logs give them. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** Asks where a code stands. */
export interface OccurrencesParams {
  readonly page: string;
  /** The name of who refused; undefined for anybody. */
  readonly provider?: string;
}

/** A place of a code. */
export interface Occurrence {
  readonly uri: string;
  /** From 0; columns in UTF-16 units. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly time: string | undefined;
  readonly recipient: string | undefined;
  /** A stranger's words, bounded: show as text only. */
  readonly words: string;
}

/** More places than these of one code are not listed. */
export const mostOccurrences = 500;

/** Asks what some logs hold. */
export interface ReportParams {
  readonly uris: readonly string[];
}

/** The forms of a report as a file. */
export type ReportForm = "csv" | "ndjson" | "sarif" | "markdown";

/** Asks for a report as a file. */
export interface ExportParams extends ReportParams {
  readonly form: ReportForm;
}

/** A report, ready to draw. Texts of strangers are bounded, and to be shown as text only. */
export interface ReportPage {
  readonly files: readonly ReportFile[];
  readonly failures: number;
  readonly lines: number;
  readonly bytes: number;
  /** The most frequent provider first. */
  readonly providers: readonly ReportProvider[];
  /** The most frequent wordings. */
  readonly templates: readonly ReportTemplate[];
  /** Undefined when no failure has a time. */
  readonly times: ReportTimes | undefined;
  /** True when kinds beyond the most that are kept apart were counted together. */
  readonly merged: boolean;
  /** What to know of how it was counted. */
  readonly notes: readonly string[];
}

/** One of the logs of a report. */
export interface ReportFile {
  readonly uri: string;
  readonly name: string;
  /** "Postfix, 1,204 lines, 31 failures", or why it was not read. */
  readonly about: string;
  /** False for a text that is no mail log of a known kind. */
  readonly isLog: boolean;
  readonly fault: boolean;
}

/** What one provider refused. */
export interface ReportProvider {
  readonly name: string;
  readonly count: number;
  /** "12.3 %" of all failures. */
  readonly share: string;
  readonly codes: readonly ReportCode[];
}

/** A kind of failure. */
export interface ReportCode {
  /** The address of its explanation. */
  readonly page: string;
  readonly label: string;
  readonly title: string;
  readonly kind: Kind;
  readonly count: number;
  /** Of the provider's failures. */
  readonly share: string;
  readonly first: ReportPlace;
  readonly last: ReportPlace;
  /** Tells its failures from all others; no text for a person. */
  readonly id: string;
  /** The most frequent; all that are not named are counted together. */
  readonly domains: Counts;
  readonly sources: Counts;
  /** "half within 1.2 s, …"; empty when no line tells. */
  readonly delays: string;
}

/** A line of one of the logs, from 0; `file` is the log's index. */
export interface ReportPlace {
  readonly file: number;
  readonly line: number;
  readonly time: string | undefined;
}

/** A wording of a reply: what changes from line to line is an ellipsis. */
export interface ReportTemplate {
  readonly text: string;
  readonly count: number;
  readonly first: ReportPlace;
  /** The kind of failure that was told so: its index among the providers, and among their codes. */
  readonly provider: number;
  readonly code: number;
}

/** Counts in equal steps of time. */
export interface ReportTimes {
  /** When the first step begins, in milliseconds since 1970 in the log's own clock. */
  readonly start: number;
  /** Milliseconds of one step. */
  readonly step: number;
  readonly counts: Readonly<Record<Kind, readonly number[]>>;
  /** The first failure of each step; undefined for a step without one. */
  readonly places: readonly (ReportPlace | undefined)[];
}

/** Why there is no answer, a sentence for the user. */
export interface LogRefusal {
  readonly refused: string;
}

/** The last part of a URI's path, readable. */
export function nameInUri(uri: string): string {
  const name = /([^/]*)$/.exec(uri.replace(/[?#].*$/, ""))?.[1] ?? uri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
