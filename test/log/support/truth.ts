// The real logs and what is true about their lines.
import { readdirSync, readFileSync } from "node:fs";

/** What is true about one line that carries a failure. */
export interface Truth {
  readonly file: string;
  readonly line_number: number;
  readonly kind: "reply" | "no_reply" | "inbound";
  readonly reply_code: number | null;
  readonly enhanced: string | null;
  readonly token: string | null;
  readonly logged_as: string;
  readonly queue_id: string | null;
  readonly relay_host: string | null;
  readonly recipient: string | null;
  /** The values that stand in the line: c reply code, e enhanced code, t token, h relay host, r recipient. */
  readonly visible: string;
}

const folder = new URL("../../logs/real/", import.meta.url);

/** The names of the real logs. */
export const realLogs: readonly string[] = readdirSync(folder).filter((name) => name.endsWith(".log"));

/** The text of a real log. */
export function realLog(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** The lines of a log that carry a failure. */
export function truthOf(name: string): readonly Truth[] {
  return records("truth.ndjson").filter((truth) => truth.file === name);
}

/** The numbers, from 1, of the lines that may or may not be counted as failures. */
export function ambiguousLines(name: string): ReadonlySet<number> {
  return new Set(records("ambiguous.ndjson").flatMap((row) => (row.file === name ? [row.line_number] : [])));
}

function records(name: string): readonly Truth[] {
  const lines = readFileSync(new URL(name, folder), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Truth);
}
