// Where a reply begins in text that is no server's log: transcripts, bounces, quoted results.
import { longestText } from "./reply.ts";
import { findToken } from "./token.ts";
import { mailWords } from "./words.ts";

/** A place where a reply begins, and what led to it. */
export interface Lead {
  /** Column of the code. */
  readonly at: number;
  readonly code: number;
  /** A line of a dialogue, words that announce a reply, or two codes that stand side by side. */
  readonly kind: "dialogue" | "words" | "bare" | "pair";
}

const known =
  /^(?:2[1-5]\d|3[35]4|4(?:2[1-4]|3[0-2]|4[1-9]|5\d|7[0-9])|5(?:0\d|1[0-7]|2[0-9]|3\d|4\d|5\d|6\d|7[0-9]))$/;
const codeEnd = /(?=[ \t]|-|$|[:;)"'])/.source;

// "<<< 550", "SMTP<< 550", swaks' "<** 550" and "<-  250", "S: 550", "<= 550"
const dialogue = new RegExp(
  `^\\s{0,16}(?:<<<|SMTP<<|<\\*\\*|<~\\*|<[-~=]|<|S:|R:|Server:|recv:|in:)\\s{0,4}([2-5]\\d\\d)${codeEnd}`,
);

const announced = new RegExp(
  "(?:\\bsaid:|\\brefused to talk to me:|\\bsmtp;|\\bX-\\w{2,20};|\\(reason:|\\bresponse(?: from the remote server)? was:|\\breturned(?: was)?:?|" +
    "\\breplied:?|\\brespon(?:ded|se):?|\\bdata:|\\bresult=|\\bstat=|\\breply=|\\breason=|\\bresponse=|\\bmsg=|\\berror=|\\bError:|\\berror:|" +
    `\\bRemote host said:|\\bstatus:|\\bafter [A-Z][^:]{2,80}(?::<[^>]{0,320}>)?[^:]{0,40}:)\\s{0,8}["'(]?\\s?([2-5]\\d\\d)${codeEnd}`,
);
const bare = /^\s{0,16}([45]\d\d)(?=[ \t]|-\S|-#|-$|$)/;
const behindColon = /: ([45]\d\d)(?=[ -])/;
const pair = /(?<=[\s:;>"'(=,])([45]\d\d)[ -]#?[245]\.\d{1,3}\.\d{1,3}(?!\w|\.\d)/;

/** The reply that begins on a line, if its words or its place make it one; undefined otherwise. */
export function findLead(line: string): Lead | undefined {
  const text = line.length > longestText ? line.slice(0, longestText) : line;
  const said = dialogue.exec(text);
  if (said !== null) return leadOf(said, "dialogue");
  const alone = bare.exec(text);
  if (alone !== null) return convincing(text, alone) ? leadOf(alone, "bare") : undefined;
  const words = announced.exec(text);
  if (words !== null) return leadOf(words, "words");
  const behind = behindColon.exec(text);
  if (behind !== null && convincing(text, behind)) return leadOf(behind, "words");
  const codes = pair.exec(text);
  return codes === null ? undefined : { at: codes.index, code: Number(codes[1]), kind: "pair" };
}

/** The reply code that a line begins with, bare or as a server's line of a dialogue, whatever follows it. */
export function leadingCode(line: string): { readonly code: number; readonly at: number } | undefined {
  const head = line.slice(0, 48);
  if (!/\d/.test(head)) return undefined;
  const match = bare.exec(head) ?? dialogue.exec(head);
  return match === null ? undefined : { code: Number(match[1]), at: match[0].length - 3 };
}

function leadOf(match: RegExpExecArray, kind: Lead["kind"]): Lead | undefined {
  const code = match[1] ?? "";
  return known.test(code) ? { at: match.index + match[0].length - 3, code: Number(code), kind } : undefined;
}

// "550 …" at the start of a line may as well be a sum of money or a number of packages.
function convincing(text: string, match: RegExpExecArray): boolean {
  const end = match.index + match[0].length;
  const rest = text.slice(end, end + 300);
  if (/^[ -]#?[245]\.\d{1,3}\.\d{1,3}(?!\w|\.\d)/.test(rest)) return true;
  return (
    findToken(rest, 0, rest.length) !== undefined ||
    (mailWords.test(rest) && !/^ (?:\d|EUR|USD|GBP|[a-z]+s )/.test(rest))
  );
}
