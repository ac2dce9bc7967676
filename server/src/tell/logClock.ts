// Shows times of a measurement by the log's own clock, as the reader sees them on its lines.

/** Shows milliseconds since 1970 as the log writes times. */
export interface LogClock {
  /** "2026-11-20 10:02:07" */
  readonly full: (time: number) => string;
  /** "10:02:07" */
  readonly clock: (time: number) => string;
}

/** The clock of a log by one of its times, ISO; a time without a zone shows as it is counted. */
export function logClock(time: string | undefined): LogClock {
  const [, sign, hours = "0", minutes = "0"] = /T.*([+-])(\d\d):?(\d\d)$/.exec(time ?? "") ?? [];
  const ahead = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const text = (at: number) => new Date(at + ahead).toISOString();
  return {
    full: (at) => text(at).slice(0, 19).replace("T", " "),
    clock: (at) => text(at).slice(11, 19),
  };
}

/** "31 s", "5 min 10 s", "2 h 5 min", "3 days". */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return "less than 1 s";
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return two([Math.floor(seconds / 60), "min"], [seconds % 60, "s"]);
  if (seconds < 172_800) return two([Math.floor(seconds / 3600), "h"], [Math.floor((seconds % 3600) / 60), "min"]);
  return `${Math.round(seconds / 86_400)} days`;
}

type Part = readonly [number, string];

function two([large, unit]: Part, [small, smaller]: Part): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smaller}`;
}
