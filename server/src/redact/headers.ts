// Finds what people wrote: subjects, the names beside addresses, encoded words (RFC 2047), and message ids.
import { type Finder, groupAt, type Sight } from "./sight.ts";

/** Claims subjects. */
export const subjects: Finder = (sight) => {
  for (const shape of quotedSubjects) {
    for (const match of sight.line.matchAll(shape)) claimGroup(sight, match, "subject");
  }
  headerSubject(sight);
};

// Exim's T="…", and "subject" as a key of JSON and of key=value logs; a cut line may lack the last quote.
const quotedSubjects = [
  / T="((?:[^"\\]|\\.)+)/dg,
  /\bsubject"?\s?[=:]\s?"((?:[^"\\]|\\.)+)/dgi,
  /\bsubject=([^\s"',;]+)/dgi,
  // Headers as a list in JSON, also in a text of JSON: {"name":"Subject","value":"…"}.
  /"name" ?: ?"Subject", ?"value" ?: ?"((?:[^"\\]|\\.)+)/dgi,
  /\\"name\\" ?: ?\\"Subject\\", ?\\"value\\" ?: ?\\"((?:[^"\\]|\\\\(?:\\"|\\\\)?|\\[^"\\])+)/dgi,
];

/** "Subject: …" to the line's end, or to where Postfix goes on with the client. */
function headerSubject({ line, claims, names }: Sight): void {
  const match = /(?:^|\bheader )Subject:[ \t]{0,8}/i.exec(line);
  if (match === null) return;
  const start = match.index + match[0].length;
  const envelope = match[0].startsWith("S") ? -1 : line.lastIndexOf("; from=<");
  const client = envelope < start ? -1 : line.lastIndexOf(" from ", envelope);
  const end = client < start ? line.trimEnd().length : client;
  claims.put(start, end, () => names.other("subject", line.slice(start, end)));
}

/** True for a line after which one that begins with white space goes on with the subject (RFC 5322 2.2.3). */
export function beginsSubject(line: string): boolean {
  return /^Subject:/i.test(line);
}

/** Claims what stands for a person beside an address, and encoded words. */
export const displayNames: Finder = (sight) => {
  for (const shape of besideAddress) {
    for (const match of sight.line.matchAll(shape)) claimGroup(sight, match, "name");
  }
  const header = /^(?:From|To|Cc|Reply-To|Sender): ?([^<>@"]{1,200})$/di.exec(sight.line.trimEnd());
  if (header !== null) claimGroup(sight, header, "name");
  for (const match of sight.line.matchAll(/(=\?[\w-]{1,40}\?[bq]\?[^?\s]*\?=)/dgi)) claimGroup(sight, match, "name");
};

const besideAddress = [
  /(?<![\w-])(?:From|To|Cc|Bcc|Reply-To|Sender|Errors-To): ?\\?"((?:[^"\\]|\\.){1,300})"\s{0,4}<(?=[^<>\s]{0,320}@)/dgi,
  /(?<![\w-])(?:From|To|Cc|Bcc|Reply-To|Sender|Errors-To): ?([^<>"=@\s:][^<>"@:]{0,200})<(?=[^<>\s]{0,320}@)/dgi,
];

/** Claims message ids by the keys that they stand behind. */
export const messageIds: Finder = ({ line, claims, names }) => {
  for (const shape of ids) {
    for (const match of line.matchAll(shape)) {
      const at = groupAt(match, 1);
      if (at !== undefined) claims.put(at.start, at.end, () => messageId(names, at.text));
    }
  }
};

const ids = [
  /(?<![\w-])(?:(?:resent-)?message-?id|msg-?id|in-reply-to|references|mid|id\*?)(?:=|"?: ?"?)<([^<>]{1,998})>/dgi,
  / id\*?=([^\s<>"]{1,900}@[^\s<>"]{1,255})/dg,
];

/** The part behind "@" is a host that others may be told by; the one before it can say anything. */
function messageId(names: Sight["names"], text: string): string {
  const at = text.lastIndexOf("@");
  const host = at < 0 ? "" : text.slice(at + 1);
  const id = names.other("id", text);
  if (at < 0) return id;
  return `${id}@${/^[\w-]+(?:\.[\w-]+)*$/.test(host) ? names.domain(host) : "host.invalid"}`;
}

function claimGroup({ claims, names }: Sight, match: RegExpExecArray, kind: "subject" | "name"): void {
  const at = groupAt(match, 1);
  const text = at?.text.trimEnd() ?? "";
  if (at !== undefined && text !== "") claims.put(at.start, at.start + text.length, () => names.other(kind, text));
}
