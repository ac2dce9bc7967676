// How mail programs word what they know of a message: rows of patterns, each for the text around its queue id.

/** What a pattern's named group holds; all of it is a stranger's text. */
export type Kind =
  /** The envelope sender, and what a submitter gave as one before the server completed it. */
  | "sender"
  | "submitter"
  /** Address or domain of the From header, or its whole text. */
  | "from"
  | "mailbox"
  /** Said by the client to us; said by us to the other side. */
  | "helo"
  | "quoted"
  /** This host's own name. */
  | "host"
  | "recipient"
  /** "selector domain" of a DKIM signature. */
  | "signature"
  /** The queue id that the message had before a filter, and that of a notification about it. */
  | "parent"
  | "notice"
  /** Said when From header and envelope sender are the same. */
  | "equal";

/** A group that is no clue by itself. */
type Part = "selector" | "domain" | "list" | "dkim" | "same";

/** Where the queue id stands, by program: `log` is any syslog line that begins with it. */
export type Frame = "log" | "dkim" | "dmarc" | "rspamd" | "amavis" | "opensmtpd" | "haraka" | "exim" | "bounce";

/** One wording: a pattern for the text behind the queue id, or for the whole line. */
export interface Wording {
  readonly frame: Frame;
  readonly shape: RegExp;
  readonly on?: "line";
}

/** Every name that a group of a wording may have. */
export const groupNames: readonly (Kind | Part)[] = [
  ...(["sender", "submitter", "from", "mailbox", "helo", "quoted", "host", "recipient", "parent", "notice"] as const),
  ...(["equal", "selector", "domain", "list", "dkim", "same"] as const),
];

const syslog: readonly RegExp[] = [
  // Postfix's queue manager and Sendmail; pickup's line has what the submitter wrote.
  /^: from=<(?<sender>[^>]{0,320})>/,
  /^: from=(?<sender>[^<>,\s]{1,320}),/,
  /^: uid=\d{1,10} from=<(?<submitter>[^>]{0,320})>/,
  /^: to=<(?<recipient>[^<>,]{1,320})>/,
  /^: to=(?<recipient>[^<>,\s]{1,320}), /,
  / helo=<(?<helo>[^<>\s]{1,255})>/,
  // Postfix's header_checks (WARN, INFO …) and Sendmail's milters.
  /^: [a-z-]{3,30}: header From: (?<mailbox>[^\r\n]{3,1200})/i,
  /^: [\w() -]{3,40}: header:? DKIM-Signature: {0,3}(?<dkim>[^\r\n]{10,2000})/i,
  // Message ids that the server made itself end in its own name; so do the warnings of Sendmail.
  /^: message-id=<\d{14}\.(?<same>[0-9A-Za-z]{5,20})@(?<host>[\w.-]{1,253})>/,
  /^: from=[^\s]{1,330}, [^<\r\n]{0,200}msgid=<\d{12}\.(?<same>[0-9A-Za-z]{12,20})@(?<host>[\w.-]{1,253})>/,
  /^: Authentication-Warning: (?<host>[\w.-]{1,253}): /,
  /^: sender (?:non-delivery|delay) notification: (?<notice>[0-9A-Za-z]{5,20})$/,
  /^: client=[^\s,]{1,400}, orig_queue_id=(?<parent>[0-9A-Za-z]{5,20})\b/,
];

// OpenDKIM: "DKIM-Signature field added (s=…, d=…)", "key retrieval failed (s=…, d=…)", "s=… d=… SSL …"; dkimpy-milter: "(s=… d=…)".
const dkim: readonly RegExp[] = [
  /\(s=(?<selector>[\w.-]{1,253}),? d=(?<domain>[\w.-]{1,253})\)/,
  /^:? s=(?<selector>[\w.-]{1,253}) d=(?<domain>[\w.-]{1,253})(?: |$)/,
  /^: no signing table match for '(?<from>[^'\s]{3,320})'/,
  /^: external host \S{1,300} attempted to send as (?<from>[\w.-]{1,253})$/,
];

const dmarc: readonly RegExp[] = [/^: (?<from>[\w.-]{1,253}) (?:pass|fail|none|bestguesspass|temperror|permerror)$/];

// "qid: <…>, ip: …, from: <…>, (default: F (no action): [0.1/15] [DKIM_SIGNED(0.00){example.org:s=mail;},…"; ARC has ":i=1" behind the selector.
const rspamd: readonly RegExp[] = [
  /, from: <(?<sender>[^<>]{0,320})>/,
  /\bFROM_NEQ_ENVFROM\([-\d.]{1,10}\)[{[](?<from>[^;,}\]]{3,320})/,
  /\b(?<equal>FROM_EQ_ENVFROM)\(/,
  /[{[;,](?<domain>[\w.-]{3,253}):s=(?<selector>[\w.-]{1,253})(?=[;,}\]])/g,
];

// "Passed CLEAN {RelayedOutbound}, … <from> -> <to>, Queue-ID: …, queued_as: …, From: <…>, dkim_new=selector:domain"
const amavis: readonly RegExp[] = [
  /<(?<sender>[^<>]{0,320})> -> </,
  /, From: (?<mailbox>[^\r\n,]{0,200}<[^<>\r\n]{3,320}>)/,
  /, helo=(?<helo>[\w.:[\]-]{1,255}), /,
  /\bdkim_sd=(?<list>[\w.:,-]{3,1200})/,
  /\bdkim_new=(?<list>[\w.:,-]{3,1200})/,
  /\bQueue-ID: (?<parent>[0-9A-Za-z]{5,20}), /,
];

const opensmtpd: readonly RegExp[] = [
  /^ from=<(?<sender>[^<>]{0,320})> to=<(?<recipient>[^<>]{1,320})>/,
  /^ smtp failed-command command="(?:EHLO|HELO|LHLO) (?<helo>[^"\s]{1,255})"/i,
  /^ smtp failed-command command="MAIL FROM: ?<(?<sender>[^<>"]{0,320})>/i,
];

const haraka: readonly RegExp[] = [
  /\bsender <(?<sender>[^<>]{0,320})>/,
  /\brecipient <(?<recipient>[^<>]{1,320})>/,
  / domain="(?<domain>[\w.-]{1,253})" selector="(?<selector>[\w.-]{1,253})"/,
  /\busing selector: (?<selector>[\w.-]{1,253}) at domain (?<domain>[\w.-]{1,253})/,
];

const exim: readonly RegExp[] = [
  /^ (?:\*\*|==|=>|->|>>|\*>) [^\r\n]{1,700}? P=<(?<sender>[^<>]{0,320})>/,
  /^ (?:\*\*|==|=>|->|>>|\*>) [^\r\n]{1,700}? F=<(?<sender>[^<>]{0,320})>/,
  /^ <= (?<sender><>|[^\s<>]{1,320})(?: |$)/,
  /^ (?:\*\*|==|=>|->) (?<recipient>[^\s<>:]{1,320})(?=[ :])/,
  /^(?: <= \S{1,320})? H=(?:[^\s()]{1,255} )?\((?<helo>[^()\s]{1,255})\) \[/,
  /^ [^\r\n]{0,1200}? after (?:pipelined )?(?:EHLO|HELO|LHLO) (?<quoted>\[[\w.:]{3,60}\]|[\w.-]{1,253})(?=[: ])/,
  /^ <= [^"\r\n]{1,900}? id=E(?<same>[0-9A-Za-z]{6}-[0-9A-Za-z-]{9,16})@(?<host>[\w.-]{1,253})(?: |$)/,
  /^ DKIM: d=(?<domain>[\w.-]{1,253}) s=(?<selector>[\w.-]{1,253}) /,
];

// A notification names the message it is about: "… <= <> R=1xVYad-0000ig-2t U=… id=E1xVYaw-00013o-38@mx1.example.org".
const bounce: readonly RegExp[] = [/^ U=[^"\r\n]{1,300}? id=E[0-9A-Za-z-]{16,23}@(?<host>[\w.-]{1,253})(?: |$)/];

/** All wordings. */
export const wordings: readonly Wording[] = [
  ...rows("log", syslog),
  ...rows("dkim", dkim),
  ...rows("dmarc", dmarc),
  ...rows("rspamd", rspamd),
  ...amavis.map((shape): Wording => ({ frame: "amavis", shape, on: "line" })),
  ...rows("opensmtpd", opensmtpd),
  ...rows("haraka", haraka),
  ...rows("exim", exim),
  ...rows("bounce", bounce),
];

function rows(frame: Frame, shapes: readonly RegExp[]): Wording[] {
  return shapes.map((shape) => ({ frame, shape }));
}
