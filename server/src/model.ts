// The vocabulary: the plain data that the rooms pass to each other. Types only, imports nothing.
// Positions are UTF-16 columns on one line, from 0; lines count from 0. All of it survives JSON.stringify.

/** A stretch of one line: `end` is the column behind the last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The log formats that are read; `bounce` is a mail or a folder of mails, `plain` any text that holds SMTP replies. */
export type FormatId =
  | "postfix"
  | "exim"
  | "sendmail"
  | "kumomta"
  | "powermta"
  | "momentum"
  | "exchange"
  | "fortimail"
  | "esa"
  | "rspamd"
  | "amavis"
  | "ses"
  | "sendgrid"
  | "mailgun"
  | "postmark"
  | "sparkpost"
  | "bounce"
  | "opensmtpd"
  | "haraka"
  | "qmail"
  | "courier"
  | "zonemta"
  | "plain";

/** What a coloured stretch of a line is. */
export type FieldKind =
  | "time"
  | "host"
  | "process"
  | "queueId"
  | "recipient"
  | "sender"
  | "relayHost"
  | "relayIp"
  | "sourceIp"
  | "replyCode"
  | "enhancedCode"
  | "token"
  | "status";

/** One meaningful stretch of a line; fields of a line are sorted by start and do not overlap. */
export interface Field extends Span {
  readonly kind: FieldKind;
  /** For `replyCode`, `enhancedCode` and `status`: 2 success, 3 go on, 4 temporary, 5 permanent. */
  readonly class: 2 | 3 | 4 | 5 | undefined;
}

/** An SMTP reply (RFC 5321 4.2) as a log line shows it. At least one of code, enhanced and token is known. */
export interface Reply {
  /** Reply code, 200 to 599. */
  readonly code: number | undefined;
  /** Enhanced status code (RFC 3463), such as "4.7.0". */
  readonly enhanced: string | undefined;
  /** The provider's own token as written, without brackets around it: "AUP#CXCNCT", "TSS04". */
  readonly token: string | undefined;
  /** The reply's text from the code on, as written on the line (folded lines stay folded), at most 4,096 characters. */
  readonly text: string;
  readonly span: Span;
  readonly codeSpan: Span | undefined;
  readonly enhancedSpan: Span | undefined;
  readonly tokenSpan: Span | undefined;
}

/** A host on the other side of a connection, as far as the line tells. Never with a trailing dot. */
export interface Relay {
  readonly host: string | undefined;
  readonly ip: string | undefined;
  readonly port: number | undefined;
}

/** Who refused whom. */
export type Direction = "they-refused-us" | "we-refused-them";

/** What the line says became of the message. */
export type Outcome = "deferred" | "bounced" | "rejected" | "attempt";

/** The SMTP command that the reply answered. */
export type Stage = "connect" | "helo" | "auth" | "starttls" | "mail" | "rcpt" | "data" | "end-of-data" | "other";

/** What one line says about one failed attempt. */
export interface Delivery {
  readonly line: number;
  readonly format: FormatId;
  /** ISO 8601, local when the log names no zone; undefined when the line has no time. */
  readonly time: string | undefined;
  readonly process: string | undefined;
  readonly queueId: string | undefined;
  readonly recipient: string | undefined;
  readonly sender: string | undefined;
  readonly relay: Relay;
  /** The sending server's public address: ours when they refused us, the client's when we refused. */
  readonly sourceIp: string | undefined;
  readonly helo: string | undefined;
  readonly stage: Stage | undefined;
  readonly direction: Direction;
  readonly outcome: Outcome;
  /** Undefined for a failure without a reply: time-out, refused connection, DNS. */
  readonly reply: Reply | undefined;
  /** The failure in the log's own words (the reply's text where there is one), at most 4,096 characters. */
  readonly words: string;
  /** Where `words` stand on the line. */
  readonly span: Span;
}

/** What a reader makes of one line: the coloured stretches, and the failure if there is one. */
export interface Reading {
  readonly fields: readonly Field[];
  readonly delivery: Delivery | undefined;
}

/** Sisimai's closed list of bounce reasons, the field's common words, and `unknown`. */
export type Reason =
  | "authfailure"
  | "badreputation"
  | "blocked"
  | "contenterror"
  | "emailtoolarge"
  | "expired"
  | "exceedlimit"
  | "failedstarttls"
  | "filtered"
  | "hasmoved"
  | "hostunknown"
  | "mailboxfull"
  | "mailererror"
  | "networkerror"
  | "norelaying"
  | "notaccept"
  | "notcompliantrfc"
  | "onhold"
  | "policyviolation"
  | "rejected"
  | "requireptr"
  | "securityerror"
  | "spamdetected"
  | "speeding"
  | "suppressed"
  | "suspend"
  | "syntaxerror"
  | "systemerror"
  | "systemfull"
  | "toomanyconn"
  | "userunknown"
  | "virusdetected"
  | "unknown";

/** How far a statement can be trusted, best first. */
export type Grade =
  | "provider"
  | "standard"
  | "sample"
  | "secondary"
  | "observed"
  | "expert"
  | "community"
  | "general"
  | "inferred";

/** Where a fact comes from. `date` is ISO (year, month or day) or undefined when the source has none. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly url: string | undefined;
  readonly date: string | undefined;
  /** The day on which we looked, ISO. */
  readonly checked: string;
  /** How we know it when the source itself was not read: "quoted by Sisimai". */
  readonly via: string | undefined;
}

/** What a limit is on. */
export type LimitKind =
  | "connections"
  | "messages-per-connection"
  | "recipients-per-message"
  | "recipients-per-connection"
  | "messages-per-minute"
  | "messages-per-hour"
  | "messages-per-day"
  | "recipients-per-hour";

/** A number that a claim states: the most that is still allowed. */
export interface ClaimLimit {
  readonly what: LimitKind;
  readonly value: number;
}

/** What one source says about an entry. `topic` groups claims that a log can judge together. */
export interface Claim {
  readonly says: string;
  readonly grade: Grade;
  readonly source: Source;
  readonly topic: string;
  /** The number that it states, for a log to be held against. */
  readonly limit?: ClaimLimit | undefined;
}

/** Something to do, addressed to the user. */
export interface Remedy {
  readonly text: string;
  /** What a button beside the step does. */
  readonly action: { readonly kind: "check-ip" } | { readonly kind: "open"; readonly url: string } | undefined;
  readonly source: Source | undefined;
}

/** A way to reach someone who can help. */
export interface Contact {
  readonly what: string;
  readonly value: string;
  readonly kind: "mail" | "web";
  /** False for a dead form or address that is shown only because old pages still name it. */
  readonly usable: boolean;
  readonly source: Source;
  readonly note: string | undefined;
  /** Id of the provider that it reaches, when that is another than the entry's. */
  readonly reaches?: string;
}

/** What is known of asking the provider about a code, beyond whose turn it is. */
export interface Asking {
  /** The block ends by itself, at most so many hours after it began: a letter comes too late. */
  readonly expires: number | undefined;
  /** A letter helps when refusals go on for so many days although the user's part is done. */
  readonly lasting: number | undefined;
  readonly source: Source | undefined;
}

/** Temporary, permanent, or `by-reply`: the entry does not say, the reply code's class decides. */
export type Permanence = "temporary" | "permanent" | "by-reply";

/** Who has to act next. */
export type Turn = "you" | "wait" | "provider" | "list-operator" | "recipient" | "account-owner" | "unknown";

/** One list that a bit mask names. */
export interface DecodedList {
  readonly name: string;
  /** Where the list takes removal requests or look-ups. */
  readonly removal: string | undefined;
  readonly note: string | undefined;
  /** The row of a check that asks this list; undefined for a list that no DNS question reaches. */
  readonly row: Condition | undefined;
}

/** What a token such as AUP#IPBL0011 decodes to. */
export interface Decoded {
  /** What is listed: the sending IP or a link in the message. */
  readonly subject: "sending-ip" | "message-link";
  /** The bits as written, "0011". */
  readonly bits: string;
  readonly lists: readonly DecodedList[];
  /** False when no source prints this very mask and the pattern alone decoded it. */
  readonly published: boolean;
  readonly note: string | undefined;
}

/** One row of the catalogue, ready to use: sources resolved. */
export interface Entry {
  /** Stable id, "cox/CXCNCT", "standard/5.7.1", "standard/421". */
  readonly id: string;
  /** Provider id ("cox", "cloudmark") or "standard". */
  readonly provider: string;
  readonly providerName: string;
  /** The code as people write it: "AUP#CXCNCT", "421", "X.7.1". */
  readonly code: string;
  readonly title: string;
  readonly permanence: Permanence;
  readonly reason: Reason;
  readonly turn: Turn;
  /** Whether and when to try again, one sentence. */
  readonly retry: string;
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
  /** What the field does against such refusals in the long run; each with its source, at most 5, often none. */
  readonly practice: readonly Remedy[];
  readonly claims: readonly Claim[];
  readonly contacts: readonly Contact[];
  /** Undefined when nothing is known beyond `turn`. */
  readonly asking?: Asking;
  /** What a check of the sending address can say about it. */
  readonly rule: Rule;
  readonly decodes: "ipbl" | "urlbl" | undefined;
  readonly notes: readonly string[];
  readonly sources: readonly Source[];
  /** Literal server replies that this entry explains. */
  readonly examples: readonly string[];
}

/** How the provider was known, surest first. */
export type ProviderBy = "relay" | "banner" | "marker" | "recipient" | "none";

/** Which part of the catalogue spoke, surest first. */
export type EntryBy = "token" | "text" | "wording" | "enhanced" | "code" | "class" | "none";

/** A delivery and its entry. */
export interface Finding {
  readonly delivery: Delivery;
  readonly entry: Entry;
  readonly entryBy: EntryBy;
  readonly provider: string | undefined;
  readonly providerBy: ProviderBy;
  readonly decoded: Decoded | undefined;
  readonly permanent: boolean;
  /** What the line's own evidence adds or contradicts, plain sentences: "cox.net is answered by Yahoo since 2024-10-01 …". */
  readonly remarks: readonly string[];
}

/** The year that the next line without one belongs to; `month` is that of the line before, 0 when there was none. */
export interface Clock {
  readonly year: number | undefined;
  readonly month: number;
}

/** How many mails of a folder are what. Only reports hold failures; `complaints` are those of readers (RFC 5965), `answers` absences and receipts. */
export interface MailCounts {
  readonly reports: number;
  readonly complaints: number;
  readonly answers: number;
  readonly others: number;
}

/** What is known about one log. */
export interface Analysis {
  readonly format: FormatId;
  readonly lines: number;
  /** Sorted by line. */
  readonly findings: readonly Finding[];
  /** The clock before the first line. */
  readonly start: Clock;
  /** The line that names the columns, in a log that has one. */
  readonly header: string | undefined;
  /** The mails, in a `bounce`. */
  readonly mails?: MailCounts | undefined;
}

/** What kind of address it is; only `public` ones may be asked about. */
export type AddressClass =
  | "public"
  | "private"
  | "cgnat"
  | "loopback"
  | "link-local"
  | "documentation"
  | "benchmark"
  | "multicast"
  | "reserved"
  | "unspecified"
  | "transition"
  | "unique-local";

/** An address, read and classified. */
export interface Address {
  /** Canonical text: dotted quad, or RFC 5952. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly class: AddressClass;
  /** For any class but public: why nothing is asked, and what to do instead, plain sentences. */
  readonly explanation: string | undefined;
}

/** One DKIM signature: where its key lies in the DNS. */
export interface Signature {
  readonly domain: string;
  readonly selector: string;
}

/** What is known of the mail that was refused. */
export interface Mail {
  /** The name our server said in HELO or EHLO. */
  readonly helo: string | undefined;
  /** The envelope sender (MAIL FROM), an address; "" for the null sender. */
  readonly sender: string | undefined;
  /** The domain of the From header. */
  readonly headerFrom: string | undefined;
  readonly signatures: readonly Signature[];
  readonly recipientDomain: string | undefined;
  /** Which of these no line says: `helo` is assumed from the sending host's own name in the log. */
  readonly assumed?: readonly (keyof Mail)[];
}

/** What a check can settle: a row's id, "fcrdns", or one list behind it, "zen.spamhaus.org#PBL". */
export type Condition = string;

/** A cause that a code names and that no public look-up can show. */
export interface Unseen {
  /** A clause: "how many connections were open at once". */
  readonly what: string;
  /** Where it can be seen all the same: the list's own page. */
  readonly link: string | undefined;
}

/** How a refusal and the answers of a check belong together. */
export interface Rule {
  /** What the code stands for, a clause to follow "stands for": "too many connections at once from one IP". */
  readonly standsFor: string;
  /** The provider itself names these as the cause: any of them, found, explains the refusal. */
  readonly named: readonly Condition[];
  /** The provider is known to look at these: found, they go with the refusal and prove nothing. */
  readonly considered: readonly Condition[];
  readonly unseen: readonly Unseen[];
  /** Where to look when no row explains it, one sentence to the user. */
  readonly look: string | undefined;
  /** Who says what the code stands for; undefined when no source does. */
  readonly source: Source | undefined;
  /** How far that can be trusted; without a source, `sample`: the refusal's own words. */
  readonly grade?: Grade | undefined;
}

/** The refusal that a check starts from. */
export interface Refusal {
  /** The id of its page: "cox/IPBL0001". */
  readonly entry: string;
  /** The code as people write it: "AUP#IPBL0001". */
  readonly label: string;
  /** The number that the rule speaks of where the label is a word beside it that no entry knows: "550 5.7.1" of "S3150". */
  readonly spokenOf?: string | undefined;
  /** Who refused, for a person; undefined when that is not known. */
  readonly provider: string | undefined;
  /** The time of the line, as the log gives it. */
  readonly time: string | undefined;
  /** The line in its log, from 0. */
  readonly line: number | undefined;
  /** How often the log holds this refusal of this address; times as the log gives them. */
  readonly seen:
    | { readonly count: number; readonly first: string | undefined; readonly last: string | undefined }
    | undefined;
  readonly rule: Rule;
}

/** What a check is about. */
export interface Subject {
  readonly address: Address;
  readonly mail: Mail;
  readonly refusal: Refusal | undefined;
}

/** One row's result. `blocked`: the operator refuses this resolver. `unknown`: no valid answer. */
export type Verdict = "listed" | "not-listed" | "blocked" | "unknown" | "not-checked" | "pass" | "fail";

/** How a row bears on the refusal: its provider names it, is known to look at it, or neither. */
export type Bearing = "named" | "considered" | "context";

/** One row of a check. */
export interface Row {
  /** Stable within a report: "zen.spamhaus.org", "ptr", "fcrdns". */
  readonly id: string;
  readonly probe: string;
  readonly bearing: Bearing;
  /** What the row asks, for a person: "Is it on Spamhaus ZEN?" */
  readonly question: string;
  /** The DNS questions asked, "7.113.0.203.zen.spamhaus.org A"; empty when none was. Keys are masked. */
  readonly asked: readonly string[];
  /** Raw answers, as text: `answers[i]` is what came back for `asked[i]`. */
  readonly answers: readonly string[];
  /** What the answer means, plain sentences. */
  readonly answer: string;
  /** More for those who look closer, a line each: the tree of an SPF record. Leading blanks indent. */
  readonly details: readonly string[];
  readonly verdict: Verdict;
  /** Short names of what listed it, behind one zone: "PBL", "XBL". */
  readonly lists: readonly string[];
  readonly ms: number;
  /** The age in seconds of the oldest remembered answer used; undefined when all were asked now. */
  readonly age: number | undefined;
  /** The resolver that answered. */
  readonly resolver: string;
  readonly remedy: string | undefined;
  /** Who has to act on it. */
  readonly turn: Turn | undefined;
  /** A page of the operator: removal or look-up. */
  readonly link: string | undefined;
}

/** What the answers say about the refusal. */
export type Conclusion = "explains" | "consistent" | "not-explained" | "cannot-be-checked";

/** The rows of a check, and when it was made. */
export interface Report {
  readonly subject: Subject;
  readonly rows: readonly Row[];
  /** What the provider's rule and the answers come to, at most a few sentences: never a bare "clean". */
  readonly verdict: string;
  /** Undefined when no refusal was given or nothing was asked. */
  readonly conclusion: Conclusion | undefined;
  /** What to do first, and who has to; undefined when the rows say nothing to do. */
  readonly next: { readonly text: string; readonly turn: Turn | undefined } | undefined;
  /** ISO, UTC. */
  readonly started: string;
  /** `offline`: no DNS server answered anything. */
  readonly ended: "complete" | "cancelled" | "deadline" | "offline" | "not-asked";
}

/** One question of a plan, for the consent: what leaves the machine, and who gets it. */
export interface PlannedQuestion {
  readonly id: string;
  readonly probe: string;
  readonly bearing: Bearing;
  readonly what: string;
  readonly whom: string;
}

/** What a check would ask, whom, through which resolver: the text of the consent. */
export interface CheckPlan {
  readonly subject: Subject;
  /** Empty for an address that is not public. */
  readonly questions: readonly PlannedQuestion[];
  readonly resolver: string;
  /** What is not asked and why, sentences: a dead list that the settings name, a list without its key. */
  readonly leftOut: readonly string[];
}
