// Tells whether a failure is one of those that a number of a report stands for.
import type { ChosenFailures } from "../failuresProtocol.ts";
import type { Finding } from "../model.ts";
import { kindOf } from "../tell/words.ts";
import { commonId, heapId, nameOf } from "./about.ts";
import { domainOf } from "./collect.ts";
import { wordingOf } from "./template.ts";
import { createMinutes } from "./times.ts";

/** True for a failure of which all that was chosen is so. */
export type Choice = (finding: Finding) => boolean;

/** A test for what was chosen. */
export function createChoice(chosen: ChosenFailures): Choice {
  const { kind, source, domain, provider, group, wording } = chosen;
  // Those that cost most come last.
  const tests: readonly (Choice | undefined)[] = [
    test(kind, (finding) => kindOf(finding)),
    test(source, ({ delivery }) => delivery.sourceIp),
    test(domain, ({ delivery }) => domainOf(delivery)),
    timeTest(chosen),
    test(provider, nameOf),
    group === undefined ? undefined : groupTest(group, chosen.merged === true),
    test(wording, ({ delivery }) => wordingOf(delivery).text()),
  ];
  const known = tests.filter((one) => one !== undefined);
  return (finding) => known.every((one) => one(finding));
}

function test(wanted: string | undefined, of: (finding: Finding) => string | undefined): Choice | undefined {
  return wanted === undefined ? undefined : (finding) => of(finding) === wanted;
}

/** Kinds that were counted together are known by what they have in common. */
function groupTest(group: string, merged: boolean): Choice {
  return (finding) => heapId(finding) === group || (merged && commonId(finding) === group);
}

function timeTest({ from, until }: ChosenFailures): Choice | undefined {
  if (from === undefined || until === undefined) return undefined;
  const minuteOf = createMinutes();
  return ({ delivery: { time } }) => {
    const at = 60_000 * ((time === undefined ? undefined : minuteOf(time)) ?? Number.NaN);
    return at >= from && at < until;
  };
}
