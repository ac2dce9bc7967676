// The sending server's address as the other side quotes it: "cmsmtp 203.0.113.7 blocked", "[203.0.113.7]", "ip=203.0.113.7".
import { type Piece, piece } from "./piece.ts";

// A network ("203.0.113.0/24"), a reversed name ("7.113.0.203.in-addr.arpa") and an SPF term ("ip4:203.0.113.7") name no sender.
const v4Addresses = /(?<![\w.-])(?<!\bip4:)(?:\d{1,3}\.){3}\d{1,3}(?!\w|[.-]\w|\/\d)/g;
const anyAddresses =
  /(?:(?<=\bip(?:v6)?:)|(?<![\w.:-])|(?<=\w:)(?<!\bip[46]:)(?=[\d.]{7}))(?:(?:[0-9a-f]{0,4}:){2,8}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})|(?:\d{1,3}\.){3}\d{1,3})(?!\w|[.-]\w|\/\d|:[0-9a-f]{0,4}:)/gi;
const mayHoldV6 = /:[0-9a-f]{0,4}:/i;
const senderBefore =
  /\b(?:ip|from|address|host|client|server|for|cmsmtp|bizsmtp|comcast|email|sender)[ =:]{1,2}[[(<]?(?:IPv6:)?$/i;
const quotedBefore = /(?:\[|\(|\b(?:v|i|q)[ =:]{1,2}\[?|\/ip\/|\?|<\s?)(?:IPv6:)?$/i;
const senderAfter =
  /^[\])>\s]{1,4}(?:is |has |was |not |are |been |blocked|listed|found|throttled|rejected|refused|temporarily)/i;
const numberBefore = /(?:[-#/] ?|\b(?:v|ver|version|build|release)[.:]? ?)$/i;
const linkBefore = /https?:\/\/[^\s/]{1,100}\/\S{0,200}$/i;

/** The address quoted in a stretch of a line that is most likely the sender's; never one of `others`. */
export function findSource(line: string, words: Piece, others: readonly (string | undefined)[]): Piece | undefined {
  const known = others.map((other) => other && wholeForm(other));
  const quoted = quotedAddresses(line, words).filter(({ text }) => !known.includes(wholeForm(text)));
  const outer = quoted.filter(({ text }) => !isInner(text));
  return likeliest(line, outer) ?? likeliest(line, quoted);
}

// What words call the sender's goes before what stands in brackets, and that before any other.
function likeliest(line: string, quoted: readonly Piece[]): Piece | undefined {
  return (
    quoted.find((address) => isCalledSender(line, address)) ??
    quoted.find((address) => quotedBefore.test(beforeOf(line, address))) ??
    quoted.find((address) => !looksLikeNumber(line, address))
  );
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return text.includes(":") ? isIpv6(text) : isIpv4(text);
}

/** No refusal that a server writes quotes more. */
const mostQuoted = 16;

function quotedAddresses(line: string, words: Piece): Piece[] {
  const found: Piece[] = [];
  for (const match of words.text.matchAll(mayHoldV6.test(words.text) ? anyAddresses : v4Addresses)) {
    if (found.length >= mostQuoted) break;
    const start = words.start + match.index;
    if (isAddress(match[0]) && !isNoSender(match[0])) found.push(piece(line, start, start + match[0].length));
  }
  return found;
}

function beforeOf(line: string, { start }: Piece): string {
  return line.slice(Math.max(0, start - 24), start);
}

function isCalledSender(line: string, address: Piece): boolean {
  return senderBefore.test(beforeOf(line, address)) || senderAfter.test(line.slice(address.end, address.end + 24));
}

// "user complaints - 4.16.55.1" is the number of a rule, "version 4.9.0.12" a program; the last part of a link is an address.
function looksLikeNumber(line: string, address: Piece): boolean {
  const link = linkBefore.test(line.slice(Math.max(0, address.start - 320), address.start));
  return !link && numberBefore.test(beforeOf(line, address));
}

// Answers of DNS lists, 127.0.0.2 and the like, are quoted beside the address they are about; masks begin with 255.
function isNoSender(text: string): boolean {
  return /^(?:::ffff:)?(?:127|0|2(?:2[4-9]|[345]\d))\./i.test(text) || /^[0:]*:[01]?$/.test(text);
}

// Of the receiver's own network, if another address is quoted too.
function isInner(text: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(text);
}

// Read letter by letter: every line of a log shows several addresses.
function isIpv4(text: string): boolean {
  let [parts, digits, number] = [1, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      digits++;
      number = 10 * number + digit;
      if (digits > 3 || number > 255) return false;
    } else {
      if (digit !== -2 || digits === 0) return false;
      parts++;
      [digits, number] = [0, 0];
    }
  }
  return parts === 4 && digits > 0;
}

function isIpv6(text: string): boolean {
  const groups = text.split(":");
  if (text.length > 45 || groups.length > 9 || text.split("::").length > 2 || text.includes(":::")) return false;
  const last = groups.at(-1) ?? "";
  const mapped = last.includes(".");
  const sound = (mapped ? groups.slice(0, -1) : groups).every((group) => /^[0-9a-f]{0,4}$/i.test(group));
  if (!sound || (mapped && !isIpv4(last))) return false;
  const edges = text.replace(/^::|::$/, "");
  return text.includes("::") ? !/^:|:$/.test(edges) : groups.length === (mapped ? 7 : 8) && !groups.includes("");
}

/** One form for the many of an IPv6 address, to compare by. */
function wholeForm(text: string): string {
  if (!text.includes(":") || text.includes(".")) return text.toLowerCase();
  const [head = "", tail] = text.toLowerCase().split("::");
  const [before, after] = [head, tail ?? ""].map((part) => part.split(":").filter((group) => group !== ""));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [
    ...(before ?? []),
    ...new Array<string>(tail === undefined ? 0 : Math.max(0, missing)).fill("0"),
    ...(after ?? []),
  ];
  return groups.map((group) => group.replace(/^0{1,3}(?=.)/, "")).join(":");
}
