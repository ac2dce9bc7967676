// Every log of the tests, and a redactor for each.
import { readdirSync, readFileSync } from "node:fs";
import { analyse } from "../../server/src/analyse.ts";
import type { Finding } from "../../server/src/model.ts";
import { createRedactor } from "../../server/src/redacting.ts";

const root = new URL("../../", import.meta.url);
const folders = ["annotated", "real", "trace"].map((folder) => `test/logs/${folder}/`);
const named = folders.flatMap((folder) => readdirSync(new URL(folder, root)).map((name) => `${folder}${name}`));

/** The paths of all logs, from the project's root. */
export const allLogs: readonly string[] = [
  ...named.filter((path) => /\.(?:log|txt|eml)$/.test(path)),
  "client/media/sample-mail.log",
];

/** The text of a log; annotations are taken out. */
export function textOf(path: string): string {
  return readFileSync(new URL(path, root), "utf8").replace(/^#>.*\n/gm, "");
}

/**
 * A log whose addresses are nobody's documentation: pseudonyms come from there, so what is left could not be told from
 * what was put in. These networks are in use somewhere; nothing is sent to them.
 */
export function asIfReal(text: string): string {
  const networks = {
    "203.0.113.": "81.2.69.",
    "198.51.100.": "81.2.70.",
    "192.0.2.": "81.2.71.",
    "2001:db8:": "2a02:2e0:",
  };
  return Object.entries(networks).reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}

/** Redacts a text alone. */
export function redacted(text: string): string {
  return createRedactor().redact(text).text;
}

/** The findings of a text as they are compared before and after: all that is not personal. */
export function comparable(text: string): readonly unknown[] {
  const options = { fileDate: new Date("2026-11-30T00:00:00Z"), certain: true };
  return (analyse(text, options)?.findings ?? []).map(impersonal);
}

function impersonal(finding: Finding): unknown {
  const { delivery, entry, ...found } = finding;
  const { line, format, time, process, queueId, stage, direction, outcome, reply, relay } = delivery;
  const seen = [delivery.recipient, delivery.sender, delivery.sourceIp, delivery.helo, relay.host, relay.ip];
  return {
    ...found,
    entry: entry.id,
    ...{ line, format, time, process, queueId, stage, direction, outcome, port: relay.port },
    ...{ code: reply?.code, enhanced: reply?.enhanced, token: reply?.token },
    seen: seen.map((value) => value !== undefined),
  };
}
