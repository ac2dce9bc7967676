// Reads a log that comes in pieces.
import type { Delivery, FormatId, MailCounts } from "../model.ts";
import { lastLines } from "./above.ts";
import { startClock } from "./clock.ts";
import { firstYear } from "./firstYear.ts";
import { createFolderReader } from "./mail/folder.ts";
import { headerIn, quotedIn, type ReadContext, type ReadOptions, readPart } from "./read.ts";
import { scan } from "./scan.ts";
import { sniff } from "./sniff.ts";

/** Reads a log piece by piece. */
export interface Reader {
  /** Reads the next chunk, which must end behind a line break (or be the last); its deliveries. */
  push(chunk: string): readonly Delivery[];
  /** The deliveries of a last mail, which ends with the text; call once, behind the last chunk. */
  finish(): readonly Delivery[];
  /** The mails so far, in a `bounce`. */
  readonly mails: MailCounts | undefined;
  /** The format; undefined before the first chunk and for a text that is no mail log. */
  readonly format: FormatId | undefined;
  /** Lines so far. */
  readonly lines: number;
}

/** A reader for a text that does not fit into one string; the format is decided on the first chunk. */
export function createReader(options: ReadOptions): Reader {
  let context: ReadContext | undefined;
  let folder: ReturnType<typeof createFolderReader> | undefined;
  let lines = 0;
  let before = "";
  return {
    push(chunk) {
      const format = context?.format ?? options.format ?? sniff(chunk);
      if (format === "bounce") {
        context ??= { format, clock: startClock(undefined) };
        folder ??= createFolderReader(quotedIn(options));
        return folder.push(chunk);
      }
      const text = before + chunk;
      const stretch = { start: before.length, end: text.length, line: lines };
      const clock = context?.clock ?? startClock(firstYear(options.ends || chunk, options.fileDate));
      const header = context === undefined ? headerIn(chunk, format) : context.header;
      const part = format && readPart(text, stretch, { format, clock, header, scan: options.scan });
      lines += part?.lines ?? scan(text, stretch, []).lines;
      before = lastLines(text);
      context = format && part && { format, clock: part.clock, header };
      return part?.deliveries ?? [];
    },
    finish: () => folder?.finish() ?? [],
    get mails() {
      return folder?.counts;
    },
    get format() {
      return context?.format;
    },
    get lines() {
      return folder?.lines ?? lines;
    },
  };
}
