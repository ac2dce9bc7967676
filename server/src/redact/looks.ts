// Tells names of hosts from other words with dots: files, sentences without a blank between them, keys.

/** A stretch of letters, digits, dots and hyphens on a line. */
interface Run {
  readonly start: number;
  readonly text: string;
}

/** The column of a run where a name can begin: behind the "n" of "\n" and the code of a folded reply, "554-". */
export function nameStart(line: string, { start, text }: Run): number {
  const shift = line[start - 1] === "\\" ? (/^(?:[nrt]|[0-3][0-7]{2})/.exec(text)?.[0].length ?? 0) : 0;
  return shift + (/^[2-5]\d\d-(?!\d{1,3}-)/.test(text.slice(shift, shift + 8)) ? 4 : 0);
}

/** How much of a run, from its start, is a host's name; 0 for none. */
export function nameEnd(line: string, run: Run): number {
  const labels = run.text.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || !isEnding(last) || isOther(line, run, labels)) return 0;
  if (!isExtension(last, line[run.start - 1])) return run.text.length;
  const rest = labels.slice(0, -1);
  return rest.length > 1 && isEnding(rest.at(-1) ?? "") ? run.text.length - last.length - 1 : 0;
}

function isEnding(label: string): boolean {
  return /^(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})$/i.test(label) || /^[\p{L}\p{M}]{2,63}$/u.test(label);
}

const files = new Set(
  "html htm shtml xhtml php php3 php5 aspx asp jsp cgi xml json yaml yml txt log conf cfg css js png gif jpg jpeg svg pdf eml gz bz2 xz tmp pid lock db sock service socket timer exe dll dat csv pem crt key cpp rb lua".split(
    " ",
  ),
);

/** Endings of files that are also those of countries and the like: only behind a slash they are files. */
const both = new Set("py pl cc do zip cf so sh md mc rs ps js".split(" "));

function isExtension(label: string, before: string | undefined): boolean {
  const lower = label.toLowerCase();
  return files.has(lower) || (before === "/" && both.has(lower));
}

const facility =
  /^(?:kern|user|mail|daemon|auth|authpriv|syslog|lpr|news|uucp|cron|ftp|local[0-7])\.(?:emerg|alert|crit|err|error|warn|warning|notice|info|debug)$/;
const known = new Set("main.cf master.cf sendmail.mc sendmail.cf submit.cf submit.mc node.js".split(" "));

function isOther(line: string, { start, text }: Run, labels: readonly string[]): boolean {
  if (known.has(text.toLowerCase()) || facility.test(text) || /^RFC\d{3,4}\.\w+$/i.test(text)) return true;
  return isSentence(labels) || isKey(line.slice(start + text.length, start + text.length + 3), labels.at(-1) ?? "");
}

// "blocked.Please see", "STOREDRV.Deliver": a word, a full stop, a word that begins with a capital.
function isSentence(labels: readonly string[]): boolean {
  const last = labels.at(-1) ?? "";
  return (
    /^[A-Z][a-z]+$/.test(last) && /^(?:[a-z]+|[A-Z]{4,})$/.test(labels.at(-2) ?? "") && !endings.has(last.toLowerCase())
  );
}

const endings = new Set("com net org info biz edu gov mil int example test invalid".split(" "));

// "smtp.mailfrom=", "header.from=", {"source.ip": …}: what stands before a value, unless it ends as domains do.
function isKey(behind: string, last: string): boolean {
  if (!/^(?:=|"\s?:)/.test(behind)) return false;
  const lower = last.toLowerCase();
  return !endings.has(lower) && (lower.length > 2 || ["ip", "id", "to"].includes(lower));
}

/** The column behind the last character of a text that is none of `marks`; no pattern does this in linear time. */
export function endWithout(text: string, marks: string): number {
  let end = text.length;
  while (end > 0 && marks.includes(text[end - 1] ?? "")) end--;
  return end;
}
