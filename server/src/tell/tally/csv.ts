// Tells a report as CSV (RFC 4180), a row for each kind of failure; no cell of it is a formula to a spreadsheet.
import type { Group, LogTally } from "../../tally.ts";
import { bounded, visible } from "../markdown.ts";
import { countsText, kindName } from "./figures.ts";

type Cell = string | number | undefined;

const columns: readonly (readonly [string, (group: Group, tally: LogTally) => Cell])[] = [
  ["provider", ({ providerName }) => providerName],
  ["code", ({ label }) => label],
  ["title", ({ title }) => title],
  ["kind", kindName],
  ["reason", ({ reason }) => reason],
  ["count", ({ count }) => count],
  ["share", ({ count }, { failures }) => Number((count / failures).toFixed(6))],
  ["first_time", ({ first }) => first.time],
  ["first_file", ({ first }, { files }) => files[first.file]?.path],
  ["first_line", ({ first }) => first.line + 1],
  ["last_time", ({ last }) => last.time],
  ["last_file", ({ last }, { files }) => files[last.file]?.path],
  ["last_line", ({ last }) => last.line + 1],
  ["recipient_domains", ({ domains }) => countsText(domains, 10)],
  ["source_ips", ({ sources }) => countsText(sources, 10)],
  ["delay_median_s", ({ delays }) => delays?.median],
  ["delay_ninth_tenth_s", ({ delays }) => delays?.ninth],
  ["delay_most_s", ({ delays }) => delays?.most],
  ["template", ({ templates }) => templates[0]?.text],
  ["template_count", ({ templates }) => templates[0]?.count],
  ["explanation", ({ page }) => page],
];

/** The table with its header; lines end in CR LF, as RFC 4180 2.1 has it. */
export function tallyCsv(tally: LogTally): string {
  const rows = tally.groups.map((group) => columns.map(([, cell]) => cellText(cell(group, tally))));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

/** Spreadsheets take what begins so for a formula, also behind blanks. */
const formula = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/;

function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = visible(bounded(cell));
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
