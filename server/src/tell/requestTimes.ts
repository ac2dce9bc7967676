// Times of a log as a letter tells them: in UTC where the log names a zone, and said to be local where it does not.

const zone = /(?:Z|[+-]\d\d:?\d\d)$/;

/** True when a log's time names its zone. */
export function isZoned(iso: string): boolean {
  return zone.test(iso);
}

/** Milliseconds since 1970; a time without a zone is taken for UTC. Undefined when it is no ISO time. */
export function momentOf(iso: string | undefined): number | undefined {
  if (iso === undefined || !/^\d{4}-\d\d-\d\dT/.test(iso)) return undefined;
  const moment = Date.parse(isZoned(iso) ? iso : `${iso}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** "2026-11-23 17:16:05 UTC", or "2026-11-23 18:16:05 local time" when no zone is named. */
export function shownTime(iso: string): string {
  const moment = momentOf(iso);
  if (moment === undefined) return "at an unknown time";
  return `${clockText(moment)} ${isZoned(iso) ? "UTC" : "local time"}`;
}

/** "2026-11-23 17:16:05", in UTC or in the clock that the moment was read by. */
export function clockText(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace("T", " ");
}

const units: readonly (readonly [number, string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** "3 days", "1 hour", "less than a second": the largest whole unit. */
export function spanText(ms: number): string {
  const [size, name] = units.find(([size]) => ms >= size) ?? [0, ""];
  if (size === 0) return "less than a second";
  const count = Math.floor(ms / size);
  return `${count.toLocaleString("en-US")} ${name}${count === 1 ? "" : "s"}`;
}
