// A window around a check: consent as told, plans at once, answers when the test gives them.
import type { CancellationTokenSource } from "vscode";
import { Check, type CheckDoors } from "../../client/src/panel/check.ts";
import type { Consent } from "../../client/src/panel/page/checkState.ts";
import {
  type CheckParams,
  type CheckRefusal,
  methods,
  type PlanAnswer,
  type PlanParams,
  type Report,
  type RowParams,
} from "../../server/src/protocol.ts";
import { planOf, quietPlan, rowOf } from "./values.ts";

export const ask: Consent = { go: "ask", changed: false };
export const yes: Consent = { go: "yes", by: "workspace" };

/** A check that was asked for, and the way to end it. */
export interface Asked {
  readonly params: CheckParams;
  readonly end: (outcome: Report | CheckRefusal) => void;
}

/** A check with a window around it. */
export function world(ips: readonly string[]) {
  const asked: Asked[] = [];
  const planned: PlanParams[] = [];
  const remembered: string[] = [];
  const cancelled: CheckParams[] = [];
  let onRow: (params: RowParams) => void = () => {};
  const set = { consent: ask, refusal: undefined as string | undefined };
  const plan = (params: PlanParams): PlanAnswer | CheckRefusal => {
    planned.push(params);
    const plans = ips.map((ip) => (ip.startsWith("203.") ? quietPlan(ip) : planOf(ip)));
    return set.refusal === undefined ? { id: `plan ${planned.length}`, plans } : { refused: set.refusal };
  };
  const doors: CheckDoors = {
    ask: <Answer>(method: string, params: unknown, token?: { onCancellationRequested(run: () => void): unknown }) => {
      if (method === methods.plan) return Promise.resolve(plan(params as PlanParams)) as Promise<Answer>;
      token?.onCancellationRequested(() => cancelled.push(params as CheckParams));
      return new Promise<Answer>((resolve) => {
        asked.push({ params: params as CheckParams, end: (outcome) => resolve(outcome as Answer) });
      });
    },
    onRow: (listener) => {
      onRow = listener;
      return { dispose: () => {} };
    },
    keys: async () => ({ dqs: "AbCdEf0123456789" }),
    decide: () => set.consent,
    standing: () => set.consent.go === "yes",
    remember: async (how) => {
      remembered.push(how);
      set.consent = how === "always" ? yes : { go: "no", by: "workspace" };
    },
    newCancel: newCancel,
    post: () => {},
  };
  const row = (at: Asked | undefined, id: string) => onRow({ id: at?.params.id ?? "", row: rowOf(id) });
  return { check: new Check(doors), asked, planned, remembered, cancelled, set, row };
}

function newCancel(): CancellationTokenSource {
  const listeners: (() => void)[] = [];
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (run: () => void) => {
      listeners.push(run);
      return { dispose: () => {} };
    },
  };
  const cancel = () => {
    for (const run of listeners.splice(0)) run();
  };
  return { token, cancel, dispose: () => listeners.splice(0) } as unknown as CancellationTokenSource;
}
