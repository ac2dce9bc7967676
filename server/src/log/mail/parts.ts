// Takes a message apart at its boundaries (RFC 2046 5.1). A library that parses MIME tells no lines, and findings stand on lines.
import { type ContentType, contentType, fieldValue, type MailField, readFields } from "./header.ts";
import { type MailLine, plainLines } from "./lines.ts";

/** A part that is no multipart: its header, and the lines of its body, still encoded. */
export interface Part extends ContentType {
  readonly fields: readonly MailField[];
  readonly encoding: string;
  readonly start: number;
  readonly end: number;
}

/** A message: its own header, where its body begins, and its parts in their order. */
export interface Mail {
  readonly fields: readonly MailField[];
  readonly type: ContentType;
  readonly lines: readonly string[];
  readonly body: number;
  readonly parts: readonly Part[];
}

/** What mail needs is far below; hostile mail goes no further. */
const mostParts = 500;
const mostDepth = 32;
/** RFC 2046 allows 70 characters. */
const longestBoundary = 200;

interface Walk {
  readonly lines: readonly string[];
  readonly to: number;
  readonly found: Part[];
  /** The boundaries that are open, by their depth. */
  readonly open: string[];
  part: Omit<Part, "end"> | undefined;
}

/** The message in the lines from `from`, where its header begins, to before `to`. */
export function readMail(lines: readonly string[], from: number, to: number): Mail {
  const header = headerAt(lines, from, to);
  const walk: Walk = { lines, to, found: [], open: [], part: undefined };
  enter(walk, header);
  for (let at = header.body; at < to; at++) at = step(walk, at);
  close(walk, to);
  const { fields, type, body } = header;
  const whole = { ...type, type: "text/plain", fields, encoding: encodingOf(fields), start: body, end: to };
  // A boundary that never comes leaves one part of text.
  return { fields, type, lines, body, parts: walk.found.length === 0 ? [whole] : walk.found };
}

interface PartHeader {
  readonly fields: readonly MailField[];
  readonly type: ContentType;
  readonly body: number;
}

/** How many lines a header may have; what is behind them is taken for the body. */
const longestHeader = 5000;

function headerAt(lines: readonly string[], from: number, to: number): PartHeader {
  const head: MailLine[] = [];
  for (let at = from; at < Math.min(to, from + longestHeader) && lines[at]?.trim() !== ""; at++)
    head.push(...plainLines(lines, at, at + 1));
  const { fields, end } = readFields(head, 0);
  const behind = from + end;
  return { fields, type: contentType(fields), body: lines[behind]?.trim() === "" ? behind + 1 : behind };
}

// A line is looked at once: either it is a boundary that is open, or it belongs to the part.
function step(walk: Walk, at: number): number {
  const line = walk.lines[at] ?? "";
  if (!line.startsWith("--") || walk.open.length === 0 || line.length > longestBoundary + 8) return at;
  const text = line.slice(2).trimEnd();
  const depth = walk.open.lastIndexOf(text);
  const ended = depth < 0 && text.endsWith("--") ? walk.open.lastIndexOf(text.slice(0, -2)) : -1;
  if (depth < 0 && ended < 0) return at;
  close(walk, at);
  walk.open.length = depth < 0 ? ended : depth + 1;
  if (depth < 0) return at;
  const header = headerAt(walk.lines, at + 1, walk.to);
  enter(walk, header);
  return header.body - 1;
}

function enter(walk: Walk, { fields, type, body }: PartHeader): void {
  const boundary = type.type.startsWith("multipart/") ? type.params.get("boundary")?.trimEnd() : undefined;
  if (boundary !== undefined && boundary !== "" && walk.open.length < mostDepth) walk.open.push(boundary);
  else walk.part = { ...type, fields, encoding: encodingOf(fields), start: body };
}

function close(walk: Walk, end: number): void {
  if (walk.part !== undefined && walk.found.length < mostParts) walk.found.push({ ...walk.part, end });
  walk.part = undefined;
}

function encodingOf(fields: readonly MailField[]): string {
  return (fieldValue(fields, "content-transfer-encoding") ?? "").trim().toLowerCase();
}
