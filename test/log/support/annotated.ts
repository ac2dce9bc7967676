// Reads a log whose `#>` lines say what must be found on the line above them.
import { readFileSync } from "node:fs";
import type { Delivery } from "../../../server/src/model.ts";

/** A log without its annotations, and what they expect, by line. */
export interface Annotated {
  readonly text: string;
  readonly expected: ReadonlyMap<number, ReadonlyMap<string, string>>;
}

/** The annotated log of this name in `test/logs/annotated`. */
export function annotatedLog(name: string): Annotated {
  const source = readFileSync(new URL(`../../logs/annotated/${name}`, import.meta.url), "utf8");
  const lines: string[] = [];
  const expected = new Map<number, ReadonlyMap<string, string>>();
  for (const line of source.split("\n")) {
    if (line.startsWith("#>")) expected.set(lines.length - 1, valuesOf(line.slice(2)));
    else lines.push(line);
  }
  return { text: lines.join("\n"), expected };
}

/** The delivery's values under the names that annotations use; `-` for what is absent. */
export function shown(delivery: Delivery): Readonly<Record<string, string>> {
  const { reply, relay } = delivery;
  const values = {
    ...{ code: reply?.code, enhanced: reply?.enhanced, token: reply?.token, queue: delivery.queueId },
    ...{ to: delivery.recipient, from: delivery.sender, relay: relay.host, ip: relay.ip, port: relay.port },
    ...{ source: delivery.sourceIp, helo: delivery.helo, stage: delivery.stage, outcome: delivery.outcome },
    ...{ time: delivery.time, process: delivery.process, words: delivery.words },
    direction: delivery.direction === "they-refused-us" ? "they" : "we",
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value ?? "-")]));
}

function valuesOf(annotation: string): ReadonlyMap<string, string> {
  const pairs = annotation.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g);
  return new Map([...pairs].map((m) => [m[1] ?? "", m[2]?.replaceAll('\\"', '"') ?? m[3] ?? ""]));
}
