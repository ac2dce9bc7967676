// The sending server's address as the other side quotes it: "cmsmtp 203.0.113.7 blocked", "[203.0.113.7]", "ip=203.0.113.7".
import { type Piece, piece } from "./piece.ts";

const addresses = /(?<![\w.:-])(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]{2,39})(?![\w:]|[.-]\w)/gi;
const cueBefore =
  /(?:\[|\(|\b(?:ip|from|address|host|client|server|for|cmsmtp|bizsmtp|comcast|email|sender|v|i|q|host)[ =:]{1,2}\[?|\/ip\/|\?|<\s?)$/i;
const cueAfter =
  /^[\])>\s]{1,4}(?:is |has |was |not |are |been |blocked|listed|found|throttled|rejected|refused|temporarily)/i;

/** The address quoted in a stretch of a line that is most likely the sender's; never one of `others`. */
export function findSource(line: string, words: Piece, others: readonly (string | undefined)[]): Piece | undefined {
  const quoted = quotedAddresses(line, words).filter((address) => !others.includes(address.text));
  return quoted.find((address) => isNamed(line, address)) ?? quoted.find((address) => !looksLikeVersion(line, address));
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return text.includes(":") ? isIpv6(text) : isIpv4(text);
}

function quotedAddresses(line: string, words: Piece): Piece[] {
  const found: Piece[] = [];
  for (const match of words.text.matchAll(addresses)) {
    const start = words.start + match.index;
    if (isAddress(match[0]) && !isListCode(match[0])) found.push(piece(line, start, start + match[0].length));
  }
  return found;
}

function isNamed(line: string, address: Piece): boolean {
  const before = line.slice(Math.max(0, address.start - 24), address.start);
  return cueBefore.test(before) || cueAfter.test(line.slice(address.end, address.end + 24));
}

// "user complaints - 4.16.55.1" is the number of a rule, "version 4.9.0.12" a program.
function looksLikeVersion(line: string, address: Piece): boolean {
  return /(?:[-#/] ?|\bv(?:ersion|er\.?)? ?)$/i.test(line.slice(Math.max(0, address.start - 12), address.start));
}

// Answers of DNS lists, 127.0.0.2 and the like, are quoted beside the address they are about.
function isListCode(text: string): boolean {
  return text.startsWith("127.") || text.startsWith("0.") || text === "::";
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || text.includes(":::")) return false;
  const groups = text.split(":");
  return text.includes("::") ? groups.length <= 9 && text.split("::").length === 2 : groups.length === 8;
}
