// Our own requests between client and server: their names and what travels. The one file of the server that the client and the panel's page import.
import type { CheckPlan, Claim, Contact, Decoded, FieldKind, Grade, Report, Row, Verdict } from "./model.ts";

export type { CheckPlan, Report, Row, Verdict };

/** The scheme of explanation pages: `smtp-explain:/cox/CXCNCT.md`, `smtp-explain:/check/192.0.2.1.md`. */
export const scheme = "smtp-explain";

/** Names of our requests (client to server) and notifications (server to client). */
export const methods = {
  /** ExplainParams → Page | null */
  explain: "smtpLogLens/explain",
  /** PlanParams → CheckPlan | CheckRefusal */
  plan: "smtpLogLens/plan",
  /** CheckParams → Report; rows come before as `row` notifications. Cancel by the request's token. */
  check: "smtpLogLens/check",
  /** RowParams, server to client. */
  row: "smtpLogLens/row",
  /** nothing → CodeItem[] : the catalogue for the quick pick. */
  codes: "smtpLogLens/codes",
  /** StatusParams, server to client: after each analysis of a document. */
  status: "smtpLogLens/status",
  /** { uri, line } → string | null : the full rejection on a line, for the clipboard. */
  rejection: "smtpLogLens/rejection",
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

/** What one log shows of an entry. */
export interface InThisLog {
  readonly uri: string;
  readonly count: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Distinct recipients, at most 20, and how many there are. */
  readonly recipients: { readonly shown: readonly string[]; readonly total: number };
  readonly sourceIps: { readonly shown: readonly string[]; readonly total: number };
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
  readonly claims: readonly Claim[];
  /** What this log has to say about it, a sentence; undefined when it cannot tell. */
  readonly evidence: string | undefined;
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
}

export type Page = ExplanationPage | CheckPage;

export interface PlanParams {
  readonly ip: string;
}

/** Why there is no plan: not an address. */
export interface CheckRefusal {
  readonly refused: string;
}

export interface CheckParams {
  readonly id: string;
  readonly ip: string;
  /** The consent: the user agreed to the plan shown just before. */
  readonly consent: true;
  /** The entry the question comes from, for the verdict: "cox/CXCNCT". */
  readonly entry: string | undefined;
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
}

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
