// Whether a list can be believed through this resolver: its test points (RFC 5782 5), remembered for a while.
import { reversedMapped } from "./address.ts";
import { readCodes } from "./codes.ts";
import { zoneAsked } from "./listNames.ts";
import type { Blocklist } from "./listTypes.ts";
import type { Ask, DnsAnswer } from "./resolver.ts";

/** What the test points say. `untested`: the list has none; `unproven`: they were not answered, so they prove nothing. */
export type Health = "ok" | "untested" | "lists-the-world" | "rewritten" | "dead" | "blocked" | "unproven";

/** What the test points said, and until when that is believed, as Date.getTime(). */
export interface KnownHealth {
  readonly health: Health;
  readonly until: number;
}

/** What is remembered between checks. Its keys hold names that are asked, and those the user's keys: never store or print them as they are. */
export interface HealthMemory {
  get(key: string): KnownHealth | undefined;
  set(key: string, known: KnownHealth): unknown;
}

/** Keeps a memory for longer than one check. */
export interface HealthKeeper {
  /** Lends the memory to a task, and keeps what it learnt however it ends. That it cannot be kept is no failure. */
  lend<T>(task: (memory: HealthMemory) => Promise<T>): Promise<T>;
}

/** What it takes to test a list. */
export interface HealthContext {
  readonly family: 4 | 6;
  readonly ask: Ask;
  readonly resolver: string;
  readonly memory: HealthMemory;
  readonly now: () => Date;
}

const hour = 3_600_000;
const remembered: Readonly<Record<Health, number>> = {
  ok: 24 * hour,
  untested: 0,
  "lists-the-world": hour,
  rewritten: 0,
  dead: hour,
  blocked: hour,
  unproven: 0,
};

/** True for the name of a verdict that is ever remembered. */
export function isRemembered(name: unknown): name is Health {
  return typeof name === "string" && Object.entries(remembered).some(([health, ms]) => health === name && ms > 0);
}

/** True when it may be believed: not after its time, and not for longer than such a verdict lasts, as after a clock was set back. */
export function isBelieved({ health, until }: KnownHealth, now: number): boolean {
  return until > now && until <= now + remembered[health];
}

/** The health of a list: from memory, else by asking for its test points at once. */
export async function listHealth(list: Blocklist, context: HealthContext): Promise<Health> {
  if (list.testPoints === "none") return "untested";
  const key = `${zoneAsked(list)} ${list.kind === "domain" ? "domains" : context.family} ${context.resolver}`;
  const now = context.now().getTime();
  const known = context.memory.get(key);
  if (known !== undefined && isBelieved(known, now)) return known.health;
  const health = await askTestPoints(list, context);
  if (remembered[health] > 0) context.memory.set(key, { health, until: now + remembered[health] });
  return health;
}

/** How many test entries of the list are asked for. */
export function testEntries({ testPoints }: Blocklist): 0 | 1 | 2 {
  if (testPoints === "none") return 0;
  return testPoints === "listed-only" ? 1 : 2;
}

async function askTestPoints(list: Blocklist, { family, ask }: HealthContext): Promise<Health> {
  const zone = zoneAsked(list);
  const { listed, unlisted } = points(list, family);
  const [must, mustNot] = await Promise.all([
    ask(`${listed}.${zone}`, "A"),
    testEntries(list) === 2 ? ask(`${unlisted}.${zone}`, "A") : undefined,
  ]);
  return judge(list, must, mustNot);
}

function points({ kind, testName = "test" }: Blocklist, family: 4 | 6): Record<"listed" | "unlisted", string> {
  if (kind === "domain") return { listed: testName, unlisted: "invalid" };
  const point = (last: number) => (family === 4 ? `${last}.0.0.127` : reversedMapped(`127.0.0.${last}`));
  return { listed: point(2), unlisted: point(1) };
}

function judge(list: Blocklist, listed: DnsAnswer, unlisted: DnsAnswer = { kind: "nxdomain" }): Health {
  const records = [listed, unlisted].flatMap((answer) => (answer.kind === "answer" ? answer.records : []));
  const codes = readCodes(list, records);
  if (codes.foreign.length > 0) return "rewritten";
  if (codes.errors.length > 0) return "blocked";
  if (unlisted.kind === "answer") return "lists-the-world";
  if (listed.kind === "nxdomain" || listed.kind === "nodata") return "dead";
  return listed.kind === "answer" && unlisted.kind === "nxdomain" ? "ok" : "unproven";
}
