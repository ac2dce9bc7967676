// Undoes the transfer encodings of a part, quoted-printable and base64 (RFC 2045 6), line by line, so that each line is found again.
import { longestLine } from "../scan.ts";
import { type MailLine, plainLines } from "./lines.ts";
import type { Mail, Part } from "./parts.ts";

interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** No part is decoded further, in characters. */
const longestPart = 1024 * 1024;

/** The lines of a part as its reader sees them. */
export function decodedLines({ lines }: Mail, part: Part): MailLine[] {
  if (part.encoding === "quoted-printable") return quotedLines(lines, part);
  return part.encoding === "base64" ? base64Lines(lines, part) : plainLines(lines, part.start, part.end);
}

function base64Lines(lines: readonly string[], part: Part): MailLine[] {
  const { start, end } = part;
  let text = "";
  for (let at = start; at < end && text.length < longestPart; at++) text += lines[at]?.trim() ?? "";
  const bytes = bytesOf(text.replace(/[^A-Za-z0-9+/]/g, ""));
  // Not encoded after all: some programs say so of text that they left alone.
  if (bytes === undefined) return plainLines(lines, start, end);
  const decoded = decoderOf(part).decode(bytes);
  return decoded
    .split(/\r?\n/, 20_000)
    .map((text: string) => ({ text: text.slice(0, longestLine), first: start, last: start }));
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    const whole = text.slice(0, text.length - (text.length % 4 === 1 ? 1 : 0));
    return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

// A line that ends with "=" goes on; the text of both is one line.
function quotedLines(lines: readonly string[], part: Part): MailLine[] {
  const decoder = decoderOf(part);
  const found: MailLine[] = [];
  let [text, first] = ["", part.start];
  for (let at = part.start; at < part.end; at++) {
    const line = (lines[at] ?? "").trimEnd();
    const soft = line.endsWith("=");
    if (text.length < longestLine) text += soft ? line.slice(0, -1) : line;
    if (soft && at + 1 < part.end) continue;
    found.push({ text: unquoted(text, decoder).slice(0, longestLine), first, last: at });
    [text, first] = ["", at + 1];
  }
  return found;
}

const encodedByte = /=([0-9A-Fa-f]{2})/g;
const encodedRun = /(?:=[0-9A-Fa-f]{2}){1,10000}/g;

function unquoted(text: string, decoder: Decoder): string {
  if (!text.includes("=")) return text;
  const bytes = (run: string): Uint8Array =>
    Uint8Array.from(
      run.replace(encodedByte, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      codeOf,
    );
  // Letters that the editor has decoded already cannot go back into bytes; the runs between them can.
  return /[^\t -~]/.test(text)
    ? text.replace(encodedRun, (run) => decoder.decode(bytes(run)))
    : decoder.decode(bytes(text));
}

function codeOf(letter: string): number {
  return letter.charCodeAt(0);
}

function decoderOf({ params }: Part): Decoder {
  try {
    return new TextDecoder(params.get("charset")?.trim() ?? "utf-8");
  } catch {
    return new TextDecoder();
  }
}
