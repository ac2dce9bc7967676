// A mail, or a folder of mails (mbox), read message by message as the text comes in.
import type { Delivery, MailCounts } from "../../model.ts";
import { separator } from "../mailSigns.ts";
import type { MailKind } from "./kind.ts";
import { readMessage } from "./message.ts";

/** Reads the text of a mail that is no report, its first line's number given: it may quote the lines of a log. */
export type ReadOther = (text: string, line: number) => readonly Delivery[];

/** Reads a folder piece by piece. */
export interface FolderReader {
  /** Reads the next chunk, which ends behind a line break, or is the last; the deliveries of the messages that it completes. */
  push(chunk: string): readonly Delivery[];
  /** The deliveries of the last message; call once, behind the last chunk. */
  finish(): readonly Delivery[];
  /** Lines so far. */
  readonly lines: number;
  readonly counts: MailCounts;
}

/** No message is read further, in characters: attachments are what makes one longer, and reports stand before them. */
const longestMessage = 8 * 1024 * 1024;

interface Folder {
  readonly other: ReadOther;
  readonly counts: Record<MailKind, number>;
  /** The message that has not ended yet, as far as it is read, and the number of its first line. */
  text: string;
  first: number;
  lines: number;
  /** Whether the line before was blank: a separator stands behind a blank line, or at the start. */
  blank: boolean;
}

/** A reader for a text that comes in chunks. */
export function createFolderReader(other: ReadOther): FolderReader {
  const counts = { report: 0, complaint: 0, receipt: 0, answer: 0, other: 0 };
  const folder: Folder = { other, counts, text: "", first: 0, lines: 0, blank: true };
  return {
    push: (chunk) => take(folder, chunk),
    finish: () => complete(folder),
    get lines() {
      return folder.lines;
    },
    get counts() {
      const { report, complaint, receipt, answer } = counts;
      return { reports: report, complaints: complaint, answers: answer + receipt, others: counts.other };
    },
  };
}

function take(folder: Folder, chunk: string): readonly Delivery[] {
  const found: Delivery[] = [];
  let kept = 0;
  let start = 0;
  while (start < chunk.length) {
    const behind = chunk.indexOf("\n", start) + 1 || chunk.length;
    if (folder.blank && begins(chunk, start)) {
      keep(folder, chunk.slice(kept, start));
      found.push(...complete(folder));
      kept = start;
    }
    folder.blank = isBlank(chunk, start, behind);
    folder.lines++;
    start = behind;
  }
  keep(folder, chunk.slice(kept));
  return found;
}

// "From " as mbox writes it; a line of a mail that begins so has a ">" before it, or no date behind it.
function begins(chunk: string, at: number): boolean {
  return chunk.startsWith("From ", at) && separator.test(chunk.slice(at, at + 500).split("\n", 1)[0] ?? "");
}

function isBlank(text: string, start: number, end: number): boolean {
  return end - start <= 2 && text.slice(start, end).trim() === "";
}

function keep(folder: Folder, text: string): void {
  const room = longestMessage - folder.text.length;
  if (room > 0) folder.text += text.slice(0, room);
}

function complete(folder: Folder): readonly Delivery[] {
  const { text, first } = folder;
  folder.text = "";
  folder.first = folder.lines;
  if (text.trim() === "") return [];
  const { kind, deliveries } = readMessage(text);
  folder.counts[kind]++;
  if (kind === "other") return folder.other(text, first);
  return deliveries.map((one) => ({ ...one, line: one.line + first })).sort((a, b) => a.line - b.line);
}
