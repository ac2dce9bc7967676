// Our own requests between client and server: their names and what travels. The one file of the server that the client and the panel's page import.
import type { JudgedClaim, Judgement, Series, Setting } from "./measurement.ts";
import type { CheckPlan, Contact, Decoded, Direction, FieldKind, Grade, Report, Row } from "./model.ts";

export type { Judgement, Setting, SettingLine } from "./measurement.ts";
export type { Bearing, CheckPlan, Conclusion, Mail, Report, Row, Subject, Verdict } from "./model.ts";

/**
 * The scheme of explanation pages: `smtp-explain:/cox/CXCNCT.md`, `smtp-explain:/check/192.0.2.1.md`, and
 * `smtp-explain:/check/cox/CXCNCT/12/192.0.2.1.md` for a check that starts from line 12 (from 1);
 * `smtp-explain:/unknown/replies.md` is the page of what nobody knows yet.
 */
export const scheme = "smtp-explain";

/** Names of our requests (client to server) and notifications (server to client). */
export const methods = {
  /** ExplainParams → Page | null */
  explain: "smtpLogLens/explain",
  /** PlanParams → PlanAnswer | CheckRefusal */
  plan: "smtpLogLens/plan",
  /** CheckParams → Report | CheckRefusal; rows come before as `row` notifications. Cancel by the request's token. */
  check: "smtpLogLens/check",
  /** CopyParams → string: reports as text for the clipboard. */
  copy: "smtpLogLens/copy",
  /** nothing → KeyedList[] : the lists that answer with the user's own key only. */
  keyed: "smtpLogLens/keyed",
  /** RowParams, server to client. */
  row: "smtpLogLens/row",
  /** nothing → CodeItem[] : the catalogue for the quick pick. */
  codes: "smtpLogLens/codes",
  /** StatusParams, server to client: after each analysis of a document. */
  status: "smtpLogLens/status",
  /** { uri, line } → string | null : the full rejection on a line, for the clipboard. */
  rejection: "smtpLogLens/rejection",
  /** RequestParams → Draft | RequestRefusal : a letter to the provider. */
  request: "smtpLogLens/request",
  /** { uri } → LoggedCode[] : the codes that others refused us with in an open log, the most frequent first. */
  loggedCodes: "smtpLogLens/loggedCodes",
  /** Client to server, without parameters: the user has trusted the workspace, so its rules may be read. */
  trusted: "smtpLogLens/trusted",
  /** RowWish → RowDraft | null : a row for the catalogue out of a reply that it does not know. */
  draftRow: "smtpLogLens/draftRow",
  /** RedactParams → RedactedLines | null : text of a log with stable pseudonyms, for the clipboard; null for what is no open mail log. */
  redact: "smtpLogLens/redact",
} as const;

export interface ExplainParams {
  /** A page's address, `smtp-explain:/cox/CXCNCT.md`. */
  readonly page: string;
  /** The log the reader came from; undefined when none is open. */
  readonly log: string | undefined;
}

/** A place in a log; line from 0. */
export interface Place {
  readonly line: number;
  readonly time: string | undefined;
  readonly recipient: string | undefined;
  readonly sourceIp: string | undefined;
  /** The failure's own words, bounded, still hostile text: show as text only. */
  readonly words: string;
}

/** Some of several values, and how many there are; `more`: at least so many. */
export interface Distinct {
  readonly shown: readonly string[];
  readonly total: number;
  readonly more?: boolean;
}

/** What one log shows of an entry. */
export interface InThisLog {
  readonly uri: string;
  readonly count: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Distinct recipients, at most 20, and how many there are (`more`: at least). */
  readonly recipients: Distinct;
  readonly sourceIps: Distinct;
  /** The first places, at most 50. */
  readonly places: readonly Place[];
  /** What the lines' own evidence says, each once. */
  readonly remarks: readonly string[];
}

/** Claims that say the same thing, side by side with those that say another. */
export interface ClaimGroup {
  readonly topic: string;
  /** "Too many connections at once", … */
  readonly heading: string;
  readonly claims: readonly JudgedClaim[];
  /** What this log has to say about all of them, a sentence; undefined when it cannot tell. */
  readonly evidence: string | undefined;
}

/** A figure that was measured, ready to draw. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** A line of the log that shows it, from 0. */
  readonly line: number | undefined;
}

/** What the log shows of one provider and one sending address. */
export interface MeasuredPage {
  /** "Cox from 203.0.113.7" */
  readonly title: string;
  readonly figures: readonly Figure[];
  /** How it was counted and how far that can be wrong. */
  readonly method: string;
  readonly series: Series;
  /** Published limits on sessions, to be drawn as lines. */
  readonly limits: readonly { readonly value: number; readonly label: string }[];
  /** The series in words, for those who do not see the plot: a row a step that has anything, at most 60. */
  readonly table: readonly {
    readonly time: string;
    readonly sessions: number;
    readonly accepted: number;
    readonly refused: number;
    readonly line: number | undefined;
  }[];
}

/** Asks for a letter to the provider of a page, about what one log shows of it. */
export interface RequestParams {
  /** The id of the page, "cox/CXCNCT". */
  readonly page: string;
  readonly log: string;
  /** The sending address; undefined: the log's most frequent. */
  readonly ip: string | undefined;
  /** Reports of checks that were made of it in this panel. */
  readonly reports: readonly Report[];
}

/** A letter to finish by hand. */
export interface Draft {
  /** Where to send it: mail addresses and pages, each with its source and the day it was last seen. */
  readonly to: readonly {
    readonly value: string;
    readonly kind: "mail" | "web";
    readonly source: string;
    readonly seen: string;
  }[];
  readonly subject: string;
  readonly body: string;
  /** All of it as one document: where it can go, the subject, the body. */
  readonly text: string;
  /** `mailto:` with subject and body (shortened to what mail programs take); undefined when no contact takes mail. */
  readonly mailto: string | undefined;
}

/** Why no letter is drafted, and what helps instead. */
export interface RequestRefusal {
  readonly refused: string;
}

/** A code in an open log, for the quick pick. */
export interface LoggedCode extends CodeItem {
  readonly count: number;
  /** Why no letter helps; undefined when one can be drafted. */
  readonly noRequest: string | undefined;
}

/** Lines of an open log, both included, from 0. */
export interface RedactParams {
  readonly uri: string;
  readonly first: number;
  readonly last: number;
}

/** Redacted lines. The same value has the same pseudonym each time, until the log is closed. */
export interface RedactedLines {
  readonly text: string;
  /** How many lines the text has: fewer than were asked for when they are too long. */
  readonly lines: number;
  /** How many different values have pseudonyms in it. */
  readonly values: number;
  /** True when more different values were seen than are told apart. */
  readonly full: boolean;
}

/** A step of the remedy, ready to draw. */
export interface Step {
  readonly text: string;
  readonly button:
    | { readonly label: string; readonly kind: "check-ip" }
    | { readonly label: string; readonly kind: "open"; readonly url: string }
    | undefined;
  readonly source: { readonly name: string; readonly url: string | undefined } | undefined;
}

/** One explanation page: all the panel draws. */
export interface ExplanationPage {
  readonly kind: "explanation";
  readonly id: string;
  readonly code: string;
  readonly provider: string;
  readonly title: string;
  /** Short facts under the title: "Temporary", "Try again later", "Your turn". */
  readonly verdict: readonly {
    readonly label: string;
    readonly value: string;
    readonly tone: "error" | "warning" | "info" | "neutral";
  }[];
  readonly meaning: readonly string[];
  readonly claims: readonly ClaimGroup[];
  /** True when the groups contradict each other. */
  readonly disputed: boolean;
  readonly steps: readonly Step[];
  readonly decoded: Decoded | undefined;
  /** One for each provider and sending address that this code was given to, the most refused first, at most 5. */
  readonly measured: readonly MeasuredPage[];
  /** The change of settings, that of the server which wrote the log first; empty when no setting helps. */
  readonly settings: readonly Setting[];
  /** What the field does about such a refusal, where the code calls for it. */
  readonly practice: readonly Step[];
  /** Why no letter helps; undefined when one can be drafted. */
  readonly noRequest: string | undefined;
  readonly contacts: readonly Contact[];
  readonly notes: readonly string[];
  readonly log: InThisLog | undefined;
  /** The address to check first, when the log names one; canonical text. */
  readonly checkIp: string | undefined;
  readonly sources: readonly {
    readonly name: string;
    readonly url: string | undefined;
    readonly date: string | undefined;
    readonly checked: string;
  }[];
}

/** A page that only checks an address. */
export interface CheckPage {
  readonly kind: "check";
  readonly ip: string;
  /** The refusal that it comes from; undefined for an address alone. */
  readonly origin: Origin | undefined;
}

/** What an open log says that only its code explained, put together by what is said. */
export interface UnknownPage {
  readonly kind: "unknown";
  /** Undefined when no mail log is open. */
  readonly log: UnknownLog | undefined;
  /** The most frequent first, at most 500. */
  readonly replies: readonly UnknownReply[];
}

/** How much of a log is unknown. */
export interface UnknownLog {
  readonly uri: string;
  readonly failures: number;
  readonly unknown: number;
  /** How many different replies these are. */
  readonly kinds: number;
  /** How many are in no kind, because there were too many. */
  readonly left: number;
}

/** Replies that say the same; lines from 0. */
export interface UnknownReply {
  /** What differs is masked; bounded, still hostile text. */
  readonly template: string;
  readonly count: number;
  /** For a person; undefined when nobody knows who answered. */
  readonly provider: string | undefined;
  readonly direction: Direction;
  readonly first: number;
  readonly last: number;
}

/** Asks for a row for the reply on a line that says `template`. */
export interface RowWish {
  readonly uri: string;
  readonly line: number;
  readonly template: string;
}

/** A row to finish, as the text of a document: JSON with comments, a file of rules as it is. */
export interface RowDraft {
  readonly text: string;
}

export type Page = ExplanationPage | CheckPage | UnknownPage;

/** The refusal that a check starts from. */
export interface Origin {
  /** The id of its page, "cox/IPBL0001". */
  readonly page: string;
  /** The code as people write it: "AUP#IPBL0001". */
  readonly label: string;
  readonly log: string | undefined;
  /** From 0; undefined: any line of the log with this code and address. */
  readonly line: number | undefined;
}

/** What a person typed about the refused mail; what is left out is taken from the log. */
export interface TypedMail {
  readonly helo?: string;
  readonly sender?: string;
  readonly headerFrom?: string;
  /** "selector._domainkey.example.net", or a selector alone for the domain of the From header. */
  readonly dkim?: readonly string[];
  readonly recipientDomain?: string;
}

/** What to check. */
export interface PlanParams {
  readonly ips: readonly string[];
  readonly origin: Pick<Origin, "page" | "log" | "line"> | undefined;
  readonly typed: TypedMail;
  /** True to look at the sender's MTA-STS and TLS-RPT records too. */
  readonly extras: boolean;
  /** The user's keys, by the id of the keyed list; they stay in memory with the plan. */
  readonly keys: Readonly<Record<string, string>>;
}

/** What would be asked, for each address; the id is what the consent refers to. */
export interface PlanAnswer {
  readonly id: string;
  readonly plans: readonly CheckPlan[];
}

/** Why there is no plan, or no check. */
export interface CheckRefusal {
  readonly refused: string;
}

/** Carries out one of the plans of a PlanAnswer. */
export interface CheckParams {
  /** Of this run, chosen by the client: its rows carry it. */
  readonly id: string;
  /** The id of the PlanAnswer that the user agreed to. */
  readonly plan: string;
  /** Which of its plans. */
  readonly index: number;
  /** The consent: the user agreed to the plan. */
  readonly consent: true;
  /** True to ask again what is remembered for more than a minute. */
  readonly fresh: boolean;
}

export interface CopyParams {
  readonly reports: readonly Report[];
  readonly format: "markdown" | "json";
  /** True to replace addresses and names of the sender and its mail. */
  readonly redact: boolean;
}

/** A list that wants the user's own key. */
export interface KeyedList {
  /** "dqs" */
  readonly id: string;
  readonly name: string;
  /** What the key is and where to get it, a sentence. */
  readonly about: string;
}

export interface RowParams {
  readonly id: string;
  readonly row: Row;
}

export interface CodeItem {
  readonly page: string;
  readonly code: string;
  readonly title: string;
  readonly provider: string;
}

export interface StatusParams {
  readonly uri: string;
  /** Undefined when the document is no mail log. */
  readonly format: string | undefined;
  readonly temporary: number;
  readonly permanent: number;
  readonly ours: number;
  /** Mails that report no failure, in a folder of mails: complaints of readers, and automatic answers. */
  readonly complaints?: number;
  readonly answers?: number;
  /** Of a log that is read from disk: how far, 0 to 1; 1 when all of it is read. Absent for an open document. */
  readonly read?: number;
  /** What has happened to that file, a clause: "it was deleted", "reading was stopped". */
  readonly trouble?: string;
  /** The code of a kind of failure that a growing log has just shown for the first time. */
  readonly news?: string;
}

/** What a judgement says, for people. */
export const judgementNames: Record<Judgement["verdict"], string> = {
  supported: "Supported by this log",
  contradicted: "Contradicted by this log",
  "cannot-tell": "This log cannot tell",
};

/** What each grade means, for people. */
export const gradeNames: Record<Grade, string> = {
  provider: "the provider's own words",
  standard: "a published standard",
  sample: "a real rejection",
  secondary: "a reliable transcript",
  observed: "seen by senders",
  expert: "a deliverability expert or site",
  community: "a practitioners' forum",
  general: "general documentation",
  inferred: "inferred, not documented",
};

/** The semantic token type of each kind of field, in the order of the legend; package.json gives each its colour. */
export const tokenTypes: Record<FieldKind, string> = {
  time: "smtpTime",
  host: "smtpHost",
  process: "smtpProcess",
  queueId: "smtpQueueId",
  recipient: "smtpRecipient",
  sender: "smtpSender",
  relayHost: "smtpRelayHost",
  relayIp: "smtpRelayIp",
  sourceIp: "smtpSourceIp",
  replyCode: "smtpReplyCode",
  enhancedCode: "smtpEnhancedCode",
  token: "smtpProviderToken",
  status: "smtpStatus",
};

/** The semantic token modifiers, in the order of the legend. */
export const tokenModifiers = ["temporary", "permanent", "success"] as const;
