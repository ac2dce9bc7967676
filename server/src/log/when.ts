// Times as values of records: seconds or milliseconds since 1970, or ISO 8601.
import type { Stamp } from "./clock.ts";
import type { Piece } from "./piece.ts";

const seconds = /^(\d{9,11})(?:\.(\d{1,9}))?$/;
const milliseconds = /^(\d{12,14})$/;
const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)([.,]\d{1,9})? ?(Z|[+-]\d\d:?\d\d)?$/;

/** The time that a value shows, as parts of its line; none when it shows none. */
export function timeOf(value: Piece | undefined): { readonly stamp?: Stamp; readonly time?: Piece } {
  const text = value === undefined ? undefined : isoOf(value.text.trim());
  return value === undefined || text === undefined ? {} : { stamp: { kind: "iso", iso: text }, time: value };
}

function isoOf(text: string): string | undefined {
  const whole = seconds.exec(text);
  if (whole !== null) {
    const base = new Date(Number(whole[1]) * 1000).toISOString();
    return whole[2] === undefined ? base.replace(".000Z", "Z") : base.replace(".000Z", `.${whole[2]}Z`);
  }
  if (milliseconds.test(text)) return new Date(Number(text)).toISOString();
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, date, time, fraction = "", zone = ""] = match;
  const extended = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return `${date}T${time}${fraction.replace(",", ".")}${extended}`;
}
