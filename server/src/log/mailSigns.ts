// The signs by which a text is known as a mail that reports a failure, or as a folder of mails. The editor bundles this file: no reader in it.

/** A line that begins a message in a folder (mbox): "From MAILER-DAEMON Mon Nov 23 18:16:04 2026". */
export const separator =
  /^From (?:\S{1,320} ){0,4} {0,4}(?:[A-Z][a-z]{2},? )?(?:[A-Z][a-z]{2} {1,2}\d{1,2}|\d{1,2} [A-Z][a-z]{2} \d{4}) \d\d:\d\d/;

/** Who writes reports of failure. */
export const daemon =
  /mailer[-_ ]?daemon|mdaemon|post ?master|mail(?:er)? ?(?:delivery|deliver|administrat|system|router|service)|delivery ?(?:subsystem|system|notification|status)|system administrator|undeliverable/i;

/** A daemon that writes nothing else. */
export const surelyDaemon = /mailer[-_ ]?daemon|mail ?delivery|delivery ?(?:subsystem|system|status)/i;

/** Subjects of reports of failure. */
export const failed = new RegExp(
  [
    "undeliver|non[- ]?deliver|not delivered|unzustellbar|nicht zugestellt|failure notice|returned (?:mail|to sender|message|e-?mail)",
    "deliver\\w{0,3}\\b.{0,40}\\b(?:status|fail|problem|error|delay|incomplete|impossible|report|notification|unsuccessful|suspend)",
    "(?:fail|error|problem|unable|impossible|could not|couldn't|can ?not|can't)\\w{0,4}\\b.{0,40}\\b(?:deliver|notice|e-?mail|message|send)",
    "(?:mail|message)\\b.{0,30}\\b(?:fail|undeliver|could not|delayed|returned|reject|bounce|error)",
    "user unknown|unknown user|\\bmail ?box (?:is )?full|\\bN[DRD]N\\b|\\bNDR\\b|\\bDSN\\b",
  ].join("|"),
  "i",
);

/** Subjects of automatic answers that report nothing: absences, receipts of requests, questions whether the sender is human. */
export const answered =
  /\bout of (?:the )?office|\bauto(?:matic|mated|matisch\w{0,3}|m[aá]tica|matique)?[- ]?(?:reply|repl|respon|answer|antwort|svar|r[eé]ponse|respuesta)|^auto: |\bvacation|\babwesen|\bon (?:holiday|leave)|\baway from|\bautosvar|\babsence\b|\babsent\b|(?:verif|confirm)\w{0,8}\b.{0,40}\b(?:required|needed|your (?:e-?mail|message)|sender)|\bchallenge\b|\bwhitelist request/i;

const known =
  /^(?:return-path|delivered-to|envelope-to|received|from|to|subject|date|message-id|mime-version|content-type|content-transfer-encoding|reply-to|auto-submitted|dkim-signature|authentication-results|arc-[a-z-]{4,30}|x-failed-recipients|x-original-to|references|in-reply-to|sender|x-[\w-]{2,60}):/i;
const field = /^>?[A-Za-z][A-Za-z0-9-]{1,60}: ?/;
const machine =
  /^(?:return-path|delivered-to|envelope-to|received|message-id|mime-version|content-type|auto-submitted|x-failed-recipients):/i;

const reporting =
  /^(?:X-Failed-Recipients:|Return-Path: {0,4}<>|Content-Type: {0,4}(?:multipart\/report|message\/(?:global-)?(?:delivery-status|feedback-report))|[ \t]{1,8}report-type=|Auto-Submitted: {0,4}auto|Hi\. This is the |Reporting-MTA: |Final-Recipient: )/i;

/** Whether a text begins as a mail that may report a failure, or as a folder of mails. Looks at `head`, its first lines. */
export function looksLikeReport(head: readonly string[]): boolean {
  const first = head.findIndex((line) => line.trim() !== "");
  const start = head[first] ?? "";
  if (separator.test(start)) return field.test(head[first + 1] ?? "");
  if (!field.test(start)) return false;
  const blank = head.findIndex((line, at) => at > first && line.trim() === "");
  const header = head.slice(first, blank < 0 ? head.length : blank);
  const names = new Set(header.filter((line) => known.test(line)).map(nameOf));
  return names.size >= 3 && header.some((line) => machine.test(line)) && reports(header, head);
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(":")).toLowerCase();
}

function reports(header: readonly string[], head: readonly string[]): boolean {
  return header.some(isSign) || head.some((line) => reporting.test(line));
}

function isSign(line: string): boolean {
  const value = line.slice(line.indexOf(":") + 1, 500);
  if (/^from:/i.test(line)) return daemon.test(value);
  return /^subject:/i.test(line) && (failed.test(value) || answered.test(value));
}
