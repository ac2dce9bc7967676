// Plans the check of one subject: chooses the lists and probes that the user and the refusal want, and says what would be asked.
import type { CheckPlan, Subject } from "../model.ts";
import { rowOf } from "./bearing.ts";
import { planCheck } from "./check.ts";
import { chooseLists, type ListWishes } from "./lists.ts";
import { masker } from "./mask.ts";
import type { Probe } from "./probe.ts";
import { probesOf } from "./probes/index.ts";
import type { Resolver } from "./resolver.ts";

/** What the user wants to be looked at. */
export interface Wishes extends Omit<ListWishes, "named"> {
  /** True to look at the sender's MTA-STS and TLS-RPT records too. */
  readonly extras: boolean;
}

/** A plan, and the probes that carry out just it. */
export interface PlannedCheck {
  readonly plan: CheckPlan;
  readonly probes: readonly Probe[];
}

/** What a check of `subject` would ask through `resolver`; nothing is asked yet. */
export function planSubject(subject: Subject, wishes: Wishes, resolver: Pick<Resolver, "name">): PlannedCheck {
  const { choices, keys, extras } = wishes;
  const named = subject.refusal?.rule.named.map(rowOf) ?? [];
  const { lists, leftOut } = chooseLists({ choices, keys, named });
  const probes = probesOf({ lists, extras });
  const plan = { ...planCheck(subject, { resolver, probes }), leftOut };
  // No word of a plan holds a key; this makes sure that none ever will.
  return { plan: masker(Object.values(keys))(plan), probes };
}
