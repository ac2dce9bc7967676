// Whether a list can be believed through this resolver: its test points (RFC 5782 5), remembered for a while.
import { reversedMapped } from "./address.ts";
import { readCodes } from "./codes.ts";
import type { Blocklist } from "./lists.ts";
import type { Ask, DnsAnswer } from "./resolver.ts";

/** What the test points say. `unproven`: they were not answered, so they prove nothing. */
export type Health = "ok" | "lists-the-world" | "rewritten" | "dead" | "blocked" | "unproven";

/** What is remembered between checks, in this process only. */
export type HealthMemory = Map<string, { readonly health: Health; readonly until: number }>;

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
  "lists-the-world": hour,
  rewritten: 0,
  dead: hour,
  blocked: hour,
  unproven: 0,
};

/** The health of a list: from memory, else by asking for its two test points at once. */
export async function listHealth(list: Blocklist, context: HealthContext): Promise<Health> {
  if (list.testPoints === "none") return "ok";
  const key = `${list.zone} ${context.family} ${context.resolver}`;
  const now = context.now().getTime();
  const known = context.memory.get(key);
  if (known !== undefined && known.until > now) return known.health;
  const health = await askTestPoints(list, context);
  if (remembered[health] > 0) context.memory.set(key, { health, until: now + remembered[health] });
  return health;
}

async function askTestPoints(list: Blocklist, { family, ask }: HealthContext): Promise<Health> {
  const point = (last: number) => (family === 4 ? `${last}.0.0.127` : reversedMapped(`127.0.0.${last}`));
  const [listed, unlisted] = await Promise.all([
    ask(`${point(2)}.${list.zone}`, "A"),
    ask(`${point(1)}.${list.zone}`, "A"),
  ]);
  return judge(list, listed, unlisted);
}

function judge(list: Blocklist, listed: DnsAnswer, unlisted: DnsAnswer): Health {
  const records = [listed, unlisted].flatMap((answer) => (answer.kind === "answer" ? answer.records : []));
  const codes = readCodes(list, records);
  if (codes.foreign.length > 0) return "rewritten";
  if (codes.errors.length > 0) return "blocked";
  if (unlisted.kind === "answer") return "lists-the-world";
  if (listed.kind === "nxdomain" || listed.kind === "nodata") return "dead";
  return listed.kind === "answer" && unlisted.kind === "nxdomain" ? "ok" : "unproven";
}
