// Keeps lists' health from one process to the next, in a small file that names no list, no resolver and no key.
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { type HealthKeeper, isBelieved, isRemembered, type KnownHealth } from "../check/health.ts";
import { readSmallFile, replaceFile } from "./smallFile.ts";

const mostEntries = 500;
// More than five times what that many entries take.
const longestFile = 262_144;

/** A keeper with its file in this folder; without a folder, or where it cannot be written, it remembers for this process only. */
export function openHealth(folder: string | undefined): HealthKeeper {
  const file = folder === undefined ? undefined : join(folder, "health.json");
  const own = new Map<string, KnownHealth>();
  let stored: Stored = { salt: "", entries: new Map() };
  let unsaved = false;
  const memory = {
    get: (key: string) => own.get(key) ?? stored.entries.get(hashed(key, stored.salt)),
    set: (key: string, known: KnownHealth) => {
      own.set(key, known);
      unsaved = true;
    },
  };
  const save = (): void => {
    forgetOld(own);
    if (!unsaved || file === undefined) return;
    // Read again: another process may have learnt something meanwhile.
    stored = merged(read(file), own);
    unsaved = !replaceFile(file, textOf(stored));
  };
  return {
    lend: async (task) => {
      forgetOld(own);
      stored = read(file);
      try {
        return await task(memory);
      } finally {
        save();
      }
    },
  };
}

/** What a file holds: the keys of its entries are hashed with its salt. */
interface Stored {
  readonly salt: string;
  readonly entries: ReadonlyMap<string, KnownHealth>;
}

/** A salt keeps tables that were made beforehand from telling which lists and resolvers are meant. */
function hashed(key: string, salt: string): string {
  return createHash("sha256").update(`${salt} ${key}`).digest("hex");
}

function read(file: string | undefined): Stored {
  const text = file === undefined ? undefined : readSmallFile(file, longestFile);
  return (
    (text === undefined ? undefined : parsed(text)) ?? { salt: randomBytes(16).toString("hex"), entries: new Map() }
  );
}

/** Undefined for a file that is not ours; entries that cannot be ours are left out. */
function parsed(text: string): Stored | undefined {
  try {
    const { salt, entries }: { readonly salt?: unknown; readonly entries?: unknown } = JSON.parse(text);
    if (typeof salt !== "string" || !/^[0-9a-f]{32}$/.test(salt)) return undefined;
    return { salt, entries: new Map(Object.entries(Object(entries)).flatMap(entryOf)) };
  } catch {
    return undefined;
  }
}

function entryOf([key, value]: readonly [string, unknown]): (readonly [string, KnownHealth])[] {
  if (!/^[0-9a-f]{64}$/.test(key) || !Array.isArray(value)) return [];
  const [health, until]: unknown[] = value;
  if (!isRemembered(health) || typeof until !== "number") return [];
  return isBelieved({ health, until }, Date.now()) ? [[key, { health, until }]] : [];
}

function merged({ salt, entries }: Stored, own: ReadonlyMap<string, KnownHealth>): Stored {
  const all = new Map([...entries, ...[...own].map(([key, known]) => [hashed(key, salt), known] as const)]);
  return { salt, entries: new Map([...all].sort(byEnd).slice(0, mostEntries)) };
}

function textOf({ salt, entries }: Stored): string {
  const plain = [...entries].map(([key, { health, until }]) => [key, [health, until]]);
  return `${JSON.stringify({ salt, entries: Object.fromEntries(plain) })}\n`;
}

/** Leaves what may still be believed, as much of it as a file may hold. */
function forgetOld(own: Map<string, KnownHealth>): void {
  const kept = [...own].filter(([, known]) => isBelieved(known, Date.now())).sort(byEnd);
  own.clear();
  for (const [key, known] of kept.slice(0, mostEntries)) own.set(key, known);
}

function byEnd([, a]: readonly [string, KnownHealth], [, b]: readonly [string, KnownHealth]): number {
  return b.until - a.until;
}
