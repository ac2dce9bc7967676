// Dates as mail writes them (RFC 5322 3.3), as ISO 8601 with the zone they name.
import { monthOf } from "../clock.ts";

const shape =
  /(\d{1,2})[ -]([A-Za-z]{3})[a-z]{0,6}[ -](\d{4}|\d\d) {1,2}(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d{1,6})?(?: {0,3}([+-]\d{4})| {1,3}\(?(GMT|UTC|UT|Z|[ECMP][SD]T|CES?T|BST|JST)\b)?/;
const mboxShape = /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):?(\d\d)? (?:[A-Z+][\w+-]{1,5} )?(\d{4})/;
const zones: Readonly<Record<string, string>> = {
  ...{ EST: "-05:00", EDT: "-04:00", CST: "-06:00", CDT: "-05:00", MST: "-07:00", MDT: "-06:00" },
  ...{ PST: "-08:00", PDT: "-07:00", CET: "+01:00", CEST: "+02:00", BST: "+01:00", JST: "+09:00" },
};

/** A date as ISO 8601, local when it names no zone; undefined for what is no date. */
export function isoDate(value: string | undefined): string | undefined {
  const match = shape.exec(value ?? "");
  const month = monthOf(nameOf(match?.[2]));
  if (match === null || month === 0) return undefined;
  const year = Number(match[3]) + (match[3]?.length === 2 ? (Number(match[3]) < 70 ? 2000 : 1900) : 0);
  const date = `${year}-${two(month)}-${two(Number(match[1]))}`;
  return sound(`${date}T${two(Number(match[4]))}:${match[5]}:${match[6] ?? "00"}`, zoneOf(match[7], match[8]));
}

/** The date of an mbox separator, "From MAILER-DAEMON Mon Nov 23 18:16:04 2026", which names no zone. */
export function separatorDate(line: string | undefined): string | undefined {
  const match = mboxShape.exec(line ?? "");
  const month = monthOf(nameOf(match?.[1]));
  if (match === null || month === 0) return undefined;
  return sound(`${match[6]}-${two(month)}-${two(Number(match[2]))}T${match[3]}:${match[4]}:${match[5] ?? "00"}`, "");
}

function sound(local: string, zone: string): string | undefined {
  return Number.isNaN(Date.parse(`${local}${zone === "" ? "Z" : zone}`)) ? undefined : `${local}${zone}`;
}

function zoneOf(offset: string | undefined, name: string | undefined): string {
  if (offset !== undefined) return `${offset.slice(0, 3)}:${offset.slice(3)}`;
  return name === undefined ? "" : (zones[name] ?? "Z");
}

function nameOf(month: string | undefined): string {
  return month === undefined ? "" : `${month[0]?.toUpperCase()}${month.slice(1).toLowerCase()}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
