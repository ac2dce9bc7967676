// Which rows stand on old sources: what nobody has looked at for two years, and what no newer source says.
import { entries } from "../../src/catalogue/data.ts";
import type { Entry, Source } from "../../src/model.ts";

/** A row with old sources; the days are ISO, as far as the sources tell them. */
export interface Aged {
  readonly id: string;
  /** The day on which somebody looked last, when that is long ago. */
  readonly checked: string | undefined;
  /** The date of the newest source, when all have one and it is long ago. */
  readonly dated: string | undefined;
}

const years = 2;

/** The rows among `all` whose sources are older than two years on the day `today`. */
export function ages(today: Date, all: readonly Entry[] = entries): readonly Aged[] {
  const limit = `${today.getUTCFullYear() - years}${today.toISOString().slice(4, 10)}`;
  return all.flatMap((entry) => {
    const sources = [...entry.sources, ...entry.claims.map(({ source }) => source)];
    const checked = before(limit, newest(sources.map(({ checked }) => checked)));
    const dated = before(limit, newestDate(entry, sources));
    return checked === undefined && dated === undefined ? [] : [{ id: entry.id, checked, dated }];
  });
}

/** A standard does not age, and a page without a date is as old as our look at it. */
function newestDate({ claims }: Entry, sources: readonly Source[]): string | undefined {
  const standard = new Set(claims.filter(({ grade }) => grade === "standard").map(({ source }) => source.id));
  const own = sources.filter(({ id }) => !standard.has(id));
  const dates = own.map(({ date }) => date);
  return own.length < sources.length || dates.includes(undefined) ? undefined : newest(dates);
}

function newest(days: readonly (string | undefined)[]): string | undefined {
  return days
    .filter((day) => day !== undefined)
    .reduce<string | undefined>((a, b) => (a !== undefined && a > b ? a : b), undefined);
}

/** The day when it is before the limit; a year or a month alone counts from its end. */
function before(limit: string, day: string | undefined): string | undefined {
  return day !== undefined && day < limit.slice(0, day.length) ? day : undefined;
}

/** The rows by provider, for a terminal. */
export function agesText(aged: readonly Aged[]): string {
  if (aged.length === 0) return "No row stands on sources older than two years.\n";
  const unseen = aged.filter(({ checked }) => checked !== undefined);
  const dated = aged.filter(({ checked }) => checked === undefined);
  return [
    ...part("Nobody has looked at the sources of these rows for two years", unseen),
    ...part("The newest source of these rows is older than two years: look for a newer one", dated),
  ].join("");
}

function part(heading: string, aged: readonly Aged[]): string[] {
  if (aged.length === 0) return [];
  const rows = aged.map(({ id, checked, dated }) => `  ${id} (${checked ?? dated})\n`);
  return [`${heading} (${aged.length}):\n`, ...rows];
}
