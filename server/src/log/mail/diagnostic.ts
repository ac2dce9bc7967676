// What the Diagnostic-Code of a report holds (RFC 3464 2.3.6): a reply of the other side, or words of the server that reports.
import type { Reply } from "../../model.ts";
import { findLead } from "../lead.ts";
import { longestText } from "../reply.ts";
import { findToken } from "../token.ts";
import { looseAnswer, replyOf } from "./answer.ts";
import type { MailField } from "./header.ts";
import type { MailLine } from "./lines.ts";

/** A failure in words, its reply if there is one, and the lines that hold it. */
export interface Told {
  readonly reply: Reply | undefined;
  readonly words: string;
  readonly lines: readonly MailLine[];
  /** What stands before the reply: it may name the other side. */
  readonly near?: string;
}

/** What a server says in brackets behind the code of a Status field, "5.5.1 (550 Unrecognized …)"; undefined for nothing. */
export function commentOf(field: MailField | undefined): Told | undefined {
  const text = /\((?:[45]\d\d )?([^()]{8,500})/.exec(field?.value ?? "")?.[1]?.trim();
  // The number is Haraka's own: nobody answered so.
  return field === undefined || text === undefined ? undefined : { reply: undefined, words: text, lines: field.lines };
}

const typed = /^\s{0,8}[\w.-]{1,40}\s{0,4};\s{0,8}/;

/** The diagnostic of one recipient; undefined for an empty field. */
export function diagnosticOf(field: MailField | undefined): Told | undefined {
  const text = field?.value.replace(typed, "").replace(/^["']/, "").slice(0, longestText).trim();
  if (field === undefined || text === undefined || text === "") return undefined;
  return quoted(text, field.lines) ?? { reply: coded(text) ?? enhancedReply(text), words: text, lines: field.lines };
}

// A reply within words: "host mx.example.net[192.0.2.1] said: 550 …".
function quoted(text: string, lines: readonly MailLine[]): Told | undefined {
  const lead = /^[245]\d\d\b/.test(text) ? undefined : findLead(text);
  const reply = lead === undefined || lead.code < 400 ? undefined : replyOf(text.slice(lead.at));
  return reply && { reply, words: reply.text, lines, near: text.slice(0, lead?.at) };
}

function coded(text: string): Reply | undefined {
  const own = replyOf(text);
  if (own?.code !== undefined) return own.code < 400 ? undefined : own;
  return looseAnswer([{ text, first: 0, last: 0 }], 0)?.reply;
}

const anyEnhanced = /(?<![\w.])#?([45]\.\d{1,3}\.\d{1,3})(?!\w|\.\d)/;

/** The reply of a text that shows an enhanced code and no other, as qmail's "(#5.1.1)"; undefined for none. */
export function enhancedReply(text: string): Reply | undefined {
  const enhanced = anyEnhanced.exec(text)?.[1];
  return enhanced === undefined ? undefined : bareReply(text, enhanced);
}

/** A reply of which only the enhanced code is known. */
export function bareReply(text: string, enhanced: string): Reply {
  const token = findToken(text, 0, text.length)?.text;
  const span = { start: 0, end: 0 };
  return {
    ...{ code: undefined, enhanced, token, text: text.slice(0, longestText), span },
    ...{ codeSpan: undefined, enhancedSpan: undefined, tokenSpan: undefined },
  };
}
