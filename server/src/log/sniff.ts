// Decides by a text's first lines which mail log it is, or that it is none.
import type { FormatId } from "../model.ts";
import { mailWords } from "./words.ts";

/** How many lines decide what a text is. */
export const headLines = 200;
const headColumns = 2048;

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
  const scores = new Map<FormatId, number>();
  let start = 0;
  for (let line = 0; line < headLines && start < text.length; line++) {
    const end = text.indexOf("\n", start);
    weigh(text.slice(start, Math.min(end < 0 ? text.length : end, start + headColumns)), scores);
    start = end < 0 ? text.length : end + 1;
  }
  return best(scores);
}

function weigh(line: string, scores: Map<FormatId, number>): void {
  for (const { format, shape, weight, beside } of signs) {
    if (shape.test(line) && (beside === undefined || beside.test(line)))
      scores.set(format, (scores.get(format) ?? 0) + weight);
  }
}

// A server's log may quote replies on each of its lines, so plain is asked last whatever its score.
function best(scores: ReadonlyMap<FormatId, number>): FormatId | undefined {
  const servers = [...scores].filter(([format]) => format !== "plain").sort((a, b) => b[1] - a[1]);
  const winner = servers[0];
  if (winner !== undefined && winner[1] >= 3) return winner[0];
  return (scores.get("plain") ?? 0) >= 2 ? "plain" : undefined;
}
