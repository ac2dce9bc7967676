// Decides by a text's first lines which mail log it is, or that it is none.
import type { FormatId } from "../model.ts";
import { carriedText } from "./container.ts";
import { looksLikeReport } from "./mailSigns.ts";
import { mailWords } from "./words.ts";

/** How many lines decide what a text is. */
export const headLines = 200;
const headColumns = 2048;
/** A line that carries another is longer. */
const carrierColumns = 8192;

interface Sign {
  readonly format: FormatId;
  readonly shape: RegExp;
  readonly weight: number;
  /** What must stand on the line as well. */
  readonly beside?: RegExp;
}

const codePair = /(?:^|[\s:;"'(=,])(?:4[2-7]\d|5[0-7]\d)[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\w|\.\d)/;
const stamp = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})?(?: \[\d{1,10}\])?`;

// A line of a server's own log is sure by itself; plain text needs two codes side by side, or a mark of its own.
const signs: readonly Sign[] = [
  { format: "postfix", shape: /(?:^|[\s/])postfix[\w.-]{0,30}(?:\/[\w.-]{1,40}){1,3}(?:\[\d{1,10}\])?: /, weight: 4 },
  { format: "postfix", shape: /^<\d{1,3}>1 \S{1,40} \S{1,255} postfix \d{1,10} - - /, weight: 4 },
  {
    format: "postfix",
    shape: /[\s/](?:smtp|lmtp|smtpd|qmgr|cleanup|postscreen|bounce|error)\[\d{1,10}\]: (?:NOQUEUE|[0-9A-Za-z]{6,20}): /,
    weight: 3,
  },
  {
    format: "exim",
    shape: new RegExp(
      `${stamp} [0-9A-Za-z]{5,7}-[0-9A-Za-z]{4,12}-[0-9A-Za-z]{1,4} (?:<=|=>|->|\\*\\*|==|Completed|H=)`,
    ),
    weight: 4,
  },
  { format: "exim", shape: new RegExp(`${stamp} (?:H=\\S.{0,300} )?(?:temporarily )?rejected `), weight: 4 },
  {
    format: "exim",
    shape: new RegExp(
      `${stamp} (?:exim \\d|SMTP connection from|Start queue run|End queue run|cwd=|no host name found)`,
    ),
    weight: 3,
  },
  { format: "exim", shape: /\sexim4?(?:\[\d{1,10}\])?: /, weight: 4 },
  {
    format: "sendmail",
    shape: /\s(?:sendmail|sm-mta|sm-msp-queue|sm-que|MTA)(?:[\w-]{0,10})(?:\[\d{1,10}\])?: /,
    weight: 4,
  },
  {
    format: "kumomta",
    shape:
      /^\{(?=.{0,900}"queue":)(?=.{0,1500}"(?:response|site)":).{0,900}"type": ?"(?:Reception|Delivery|Bounce|TransientFailure|Expiration|AdminBounce|OOB|Rejection|Feedback)"/,
    weight: 4,
  },
  { format: "powermta", shape: /^\ufeff?type,(?=.{0,900}(?:timeLogged|dsnStatus|rcpt))[\w.*-]{1,64},/, weight: 4 },
  {
    format: "powermta",
    shape:
      /^(?:d|b|t|rb|rs),(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}|\d{10}),.{0,600},(?:relayed|delivered|failed|delayed|expired),/,
    weight: 4,
  },
  {
    format: "exchange",
    shape: /^\ufeff?#(?:Log-type|Log-Type): (?:Message Tracking Log|SMTP (?:Send|Receive) Protocol Log)/,
    weight: 4,
  },
  { format: "exchange", shape: /^#Fields: ?date-time,(?=.{0,900}(?:event-id|sequence-number))/, weight: 4 },
  {
    format: "exchange",
    shape: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z?,[^,]{0,200},[0-9A-F]{16},\d{1,9},[^,]{0,64},[^,]{0,64},[-+<>*],/,
    weight: 4,
  },
  {
    format: "exchange",
    shape:
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z?,.{0,900},(?:SMTP|STOREDRIVER|ROUTING|AGENT|DSN|DNS|QUEUE|POISONMESSAGE),(?:RECEIVE|SEND|SENDEXTERNAL|DELIVER|FAIL|DEFER|DSN|EXPAND|SUBMIT|RESOLVE|HAREDIRECT|HADISCARD|BADMAIL|TRANSFER),/,
    weight: 4,
  },
  { format: "momentum", shape: /^\d{9,11}@[0-9A-F/-]{4,40}@[0-9A-F/-]{0,40}@[0-9A-F/-]{0,40}@[BTPDR]@/, weight: 4 },
  { format: "fortimail", shape: /\blog_id=\d{6,12} type=(?:event|statistics|spam|virus|encrypt)\b/, weight: 4 },
  {
    format: "esa",
    shape:
      /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} \d{4} Info: (?:New SMTP [ID]CID|MID \d|ICID \d|DCID \d|Start MID|Delivery start|Message (?:done|finished)|Bounced: |Delayed: )/,
    weight: 4,
  },
  {
    format: "esa",
    shape: /: Info: (?:(?:Bounced|Delayed): (?:DCID )?\d|(?:Start )?MID \d{1,12} ICID|New SMTP [ID]CID )/,
    weight: 4,
  },
  {
    format: "rspamd",
    shape: /(?:^|\s)#\d{1,10}\((?:rspamd_proxy|normal|controller|main|fuzzy|hs_helper|proxy)\) <[\w.,-]{1,64}>; /,
    weight: 4,
  },
  { format: "amavis", shape: /\samavis(?:d|d-new)?(?:\[\d{1,10}\])?: \(\d{1,10}-\d{1,6}/, weight: 3 },
  {
    format: "ses",
    shape:
      /^\{.{0,1500}(?:notification|event)Type\\{0,3}": ?\\{0,3}"(?:Bounce|Delivery|DeliveryDelay|Complaint|Send|Reject)\\{0,3}"/,
    weight: 4,
  },
  {
    format: "sendgrid",
    shape: /^\s{0,8}\[?\{(?=.{0,1500}"event": ?")(?=.{0,1500}"email": ?").{0,1500}"sg_(?:event|message)_id": ?"/,
    weight: 4,
  },
  {
    format: "mailgun",
    shape:
      /^\{(?=.{0,1900}"event": ?"(?:failed|delivered|accepted|rejected|opened|clicked|complained)").{0,1900}"(?:delivery-status|log-level)":/,
    weight: 4,
  },
  {
    format: "postmark",
    shape:
      /^\{(?=.{0,1500}"MessageID": ?").{0,1500}"(?:RecordType": ?"(?:Bounce|Delivery|Open|Click|SpamComplaint)"|TypeCode": ?\d)/,
    weight: 4,
  },
  {
    format: "sparkpost",
    shape:
      /^\s{0,8}\[?\{(?:"msys": ?\{)?(?=.{0,1900}"event_id": ?")(?=.{0,1900}"type": ?"[a-z_]{3,24}").{0,1900}"(?:raw_rcpt_to|rcpt_to|msg_from|friendly_from)": ?"/,
    weight: 4,
  },
  {
    format: "opensmtpd",
    shape:
      /\ssmtpd(?:\[\d{1,10}\])?: (?:[0-9a-f]{16} (?:mta|mda|smtp) |smtp-out: |info: OpenSMTPD |relay: Expire for )/,
    weight: 4,
  },
  {
    format: "haraka",
    shape: /(?:^|\s)\[[A-Z]{4,8}\] \[(?:-|[0-9A-F]{8}-[0-9A-F-]{27}(?:\.\d{1,6}){0,3})\] \[[\w./-]{1,64}\] /,
    weight: 4,
  },
  {
    format: "haraka",
    shape: /(?:^|\s)level=[A-Z]{4,8} uuid=[0-9A-F.-]{1,60} origin=[\w./-]{1,64} message=/,
    weight: 4,
  },
  { format: "haraka", shape: /(?:^|\s)\{"level":"[A-Z]{4,8}","uuid":"[0-9A-F.-]{1,60}","origin":"/, weight: 4 },
  {
    format: "qmail",
    shape: /(?:^|\s)(?:starting )?delivery \d{1,10}: (?:msg \d|(?:success|failure|deferral): \S)/,
    weight: 4,
  },
  { format: "qmail", shape: /^@4[0-9a-f]{23} (?:status: local|new msg|info msg|end msg|rblsmtpd: )/, weight: 4 },
  { format: "courier", shape: /\scourier(?:d|esmtpd?|local)(?:\[\d{1,10}\])?: /, weight: 4 },
  {
    format: "zonemta",
    shape:
      /\bSender\/[^\s/]{1,64}\/\d{1,10}(?:\[\d{1,10}\])? (?:id=\S{1,64} )?[0-9a-f]{12,32}\.[0-9a-f]{3,8} [A-Z]{5,16}/,
    weight: 4,
  },
  { format: "zonemta", shape: /"short_message":"[A-Z]{2,20} \[[A-Z]{5,12}\] .{0,1500}"_mail_action":"/, weight: 4 },
  { format: "plain", shape: /AUP#[A-Z]{2,8}|AUP#(?:In|Out|I|O)-\d/, weight: 4 },
  { format: "plain", shape: /^Diagnostic-Code: ?\S{1,20};/i, weight: 4 },
  { format: "plain", shape: /^(?:Reporting-MTA|Final-Recipient|Remote-MTA): ?\S{1,20};/i, weight: 2 },
  { format: "plain", shape: codePair, weight: 1 },
  { format: "plain", shape: codePair, weight: 1, beside: mailWords },
  { format: "plain", shape: /^\s{0,12}(?:<<<|SMTP<<|<\*\*|<-|<~\*) {0,4}[2-5]\d\d[ -]/, weight: 2 },
  { format: "plain", shape: /\bsaid: [45]\d\d[ -]|refused to talk to me: [45]\d\d/, weight: 2 },
  { format: "plain", shape: /^220[ -]\S{1,255} .{0,80}\bE?SMTP\b/, weight: 2 },
];

/** The format of a text by its first lines (200, of each 2,048 characters); undefined for no mail log. */
export function sniff(text: string): FormatId | undefined {
  const head = headOf(text);
  return looksLikeReport(head) ? "bounce" : bestOf(head);
}

/** The same for the text of a mail: what log it quotes. */
export function sniffQuoted(text: string): FormatId | undefined {
  return bestOf(headOf(text));
}

function headOf(text: string): readonly string[] {
  const head: string[] = [];
  let start = 0;
  while (head.length < headLines && start < text.length) {
    const end = text.indexOf("\n", start);
    const line = carriedText(text.slice(start, Math.min(end < 0 ? text.length : end, start + carrierColumns)));
    head.push(line.slice(0, headColumns));
    start = end < 0 ? text.length : end + 1;
  }
  return head;
}

function bestOf(head: readonly string[]): FormatId | undefined {
  const scores = new Map<FormatId, number>();
  for (const line of head) weigh(line, scores);
  return best(scores);
}

function weigh(line: string, scores: Map<FormatId, number>): void {
  for (const { format, shape, weight, beside } of signs) {
    if (shape.test(line) && (beside === undefined || beside.test(line)))
      scores.set(format, (scores.get(format) ?? 0) + weight);
  }
}

/** Filters whose lines stand among those of the mail server that asks them. */
const filters: ReadonlySet<FormatId> = new Set(["amavis", "rspamd"]);

// A server's log may quote replies on each of its lines, so plain is asked last whatever its score, and filters before it.
function best(scores: ReadonlyMap<FormatId, number>): FormatId | undefined {
  const known = [...scores].filter(([format, score]) => format !== "plain" && score >= 3).sort((a, b) => b[1] - a[1]);
  const winner = known.find(([format]) => !filters.has(format)) ?? known[0];
  if (winner !== undefined) return winner[0];
  return (scores.get("plain") ?? 0) >= 2 ? "plain" : undefined;
}
