// The check of addresses as one panel drives it: plan, consent, rows as they come, reports.
import type * as vscode from "vscode";
import {
  type CheckParams,
  type CheckRefusal,
  methods,
  type PlanAnswer,
  type PlanParams,
  type Report,
  type RowParams,
} from "../../../server/src/protocol.ts";
import {
  askingPlans,
  type Carried,
  type CheckState,
  type Consent,
  freshRun,
  many,
  mayAsk,
  type Run,
  type Wish,
  withRow,
  withRun,
} from "./page/checkState.ts";
import type { FromPage, ToPage } from "./page/messages.ts";

/** What a check needs of the window around it. */
export interface CheckDoors {
  ask<Answer>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<Answer>;
  onRow(listener: (params: RowParams) => void): vscode.Disposable;
  /** The user's keys by the id of their list. */
  keys(): Promise<Readonly<Record<string, string>>>;
  decide(answer: PlanAnswer): Consent;
  /** True when a yes of the user stands. */
  standing(): boolean;
  remember(how: "always" | "never", answer: PlanAnswer): Promise<void>;
  newCancel(): vscode.CancellationTokenSource;
  post(message: ToPage): void;
}

/** Addresses that are checked at the same time. */
const atOnce = 2;

type Ask = Extract<FromPage, { type: "ask" }>;

/** One check at a time; only plans that were shown are carried out, and only while the consent to them stands. */
export class Check implements vscode.Disposable {
  readonly #doors: CheckDoors;
  readonly #listener: vscode.Disposable;
  #state: CheckState = { state: "idle" };
  /** Of what was begun last; what belongs to anything before is dropped. */
  #id = "";
  /** The plan that the user agreed to, while the consent is not taken back. */
  #agreed: string | undefined;
  #cancel: vscode.CancellationTokenSource | undefined;

  constructor(doors: CheckDoors) {
    this.#doors = doors;
    this.#listener = doors.onRow((params) => this.#takeRow(params));
  }

  get state(): CheckState {
    return this.#state;
  }

  /** Asks what would be asked; sends nothing to anybody, unless `begin` and a consent stands that covers it. */
  plan(wish: Wish, origin: PlanParams["origin"], begin: boolean): void {
    this.#begin({ state: "planning" });
    const id = this.#id;
    this.#plan(wish, origin).then(
      (state) => id === this.#id && this.#planned(state, begin),
      (error: unknown) => id === this.#id && this.#set({ state: "failed", why: reasonOf(error) }),
    );
  }

  /** Plans anew what is planned, because what it depends on has changed. */
  replan(origin: PlanParams["origin"]): void {
    if (this.#state.state === "planned") this.plan(this.#state.wish, origin, false);
  }

  /** The user's answer to the plan that is shown; an answer to any other plan is ignored. */
  async answer({ plan, how, many: confirmed }: Ask): Promise<void> {
    const shown = this.#state;
    if (shown.state !== "planned" || shown.answer.id !== plan) return;
    const { answer } = shown;
    if (how !== "never" && this.#doors.decide(answer).go === "no") return this.reconsider();
    if (how !== "never" && askingPlans(answer).length > many && !confirmed) return;
    const begun = this.#id;
    if (how !== "now") await this.#doors.remember(how, answer);
    if (this.#id !== begun) return;
    if (how === "never") this.reconsider();
    else this.#run({ ...shown, consent: this.#doors.decide(answer) }, false);
  }

  /** Asks again what was agreed to, when nobody took the consent back. */
  refresh(): void {
    const done = this.#state;
    if (done.state !== "ended") return;
    const { wish, answer } = done;
    const consent = this.#doors.decide(answer);
    if (consent.go === "yes" || (consent.go === "ask" && this.#agreed === answer.id))
      this.#run({ wish, answer, consent }, true);
    else this.#set({ state: "planned", wish, answer, consent });
  }

  /** Ends the asking; what was answered stays. */
  cancel(): void {
    this.#cancel?.cancel();
    this.#cancel?.dispose();
    this.#cancel = undefined;
    const state = this.#state;
    if (state.state === "running") this.#set({ ...state, state: "ended", runs: state.runs.map(stopped) });
  }

  /** Tells how the consent stands now; carries out nothing. */
  reconsider(): void {
    const state = this.#state;
    const consent = "answer" in state ? this.#doors.decide(state.answer) : undefined;
    if ("answer" in state && consent !== undefined) {
      if (state.consent.go === "yes" && consent.go !== "yes") this.#agreed = undefined;
      this.#set({ ...state, consent });
    } else this.#set(state);
  }

  dispose(): void {
    this.cancel();
    this.#id = "";
    this.#listener.dispose();
  }

  async #plan(wish: Wish, origin: PlanParams["origin"]): Promise<CheckState> {
    const { ips, typed, extras } = wish;
    const params: PlanParams = { ips, origin, typed, extras, keys: await this.#doors.keys() };
    const answer = await this.#doors.ask<PlanAnswer | CheckRefusal>(methods.plan, params);
    if ("refused" in answer) return { state: "refused", reason: answer.refused };
    return { state: "planned", wish, answer, consent: this.#doors.decide(answer) };
  }

  #planned(state: CheckState, begin: boolean): void {
    const asking = state.state === "planned" ? askingPlans(state.answer).length : 0;
    if (begin && asking > 0 && asking <= many && state.state === "planned" && state.consent.go === "yes")
      this.#run(state, false);
    else this.#set(state);
  }

  #run({ wish, answer, consent }: Omit<Carried, "runs">, fresh: boolean): void {
    this.#agreed = answer.id;
    this.#begin({ state: "running", wish, answer, consent, runs: answer.plans.map(freshRun) });
    this.#cancel = this.#doors.newCancel();
    const queue = answer.plans.flatMap((plan, index) => (mayAsk(plan) ? [index] : []));
    const work = Array.from({ length: atOnce }, () => this.#work(queue, { id: this.#id, plan: answer.id, fresh }));
    const id = this.#id;
    Promise.all(work).then(() => {
      if (id === this.#id && this.#state.state === "running") this.#set({ ...this.#state, state: "ended" });
    });
  }

  /** Takes one address after the other from the queue, until it is empty or the user cancels. */
  async #work(queue: number[], common: { id: string; plan: string; fresh: boolean }): Promise<void> {
    const { id, plan, fresh } = common;
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const token = this.#cancel?.token;
      if (id !== this.#id || token === undefined) return;
      this.#change(index, (run) => ({ ...run, state: "running" }));
      const params: CheckParams = { id: runId(id, index), plan, index, consent: true, fresh };
      const outcome = await this.#doors.ask<Report | CheckRefusal>(methods.check, params, token).catch(failed);
      if (id === this.#id) this.#change(index, (run) => finished(run, outcome));
    }
  }

  #takeRow({ id, row }: RowParams): void {
    if (this.#state.state !== "running") return;
    const index = this.#state.runs.findIndex((_, index) => runId(this.#id, index) === id);
    const run = this.#state.runs[index];
    if (run?.state !== "running") return;
    this.#state = { ...this.#state, runs: withRun(this.#state.runs, index, withRow(run, row)) };
    this.#doors.post({ type: "row", index, row });
  }

  #change(index: number, next: (run: Run) => Run): void {
    const state = this.#state;
    const old = state.state === "running" || state.state === "ended" ? state.runs[index] : undefined;
    if (old === undefined || (state.state !== "running" && state.state !== "ended")) return;
    const run = next(old);
    this.#state = { ...state, runs: withRun(state.runs, index, run) };
    this.#doors.post({ type: "run", index, run });
  }

  #begin(state: CheckState): void {
    this.cancel();
    this.#id = crypto.randomUUID();
    this.#set(state);
  }

  #set(state: CheckState): void {
    this.#state = state;
    this.#doors.post({ type: "check", check: state, standing: this.#doors.standing() });
  }
}

function runId(id: string, index: number): string {
  return `${id}/${index}`;
}

function stopped(run: Run): Run {
  return run.state === "waiting" || run.state === "running" ? { ...run, state: "stopped" } : run;
}

/** A cancelled check still reports what it had; rows that came before count as answered. */
function finished(run: Run, outcome: Report | CheckRefusal): Run {
  if (!("refused" in outcome)) return { ...run, state: run.state === "stopped" ? "stopped" : "done", report: outcome };
  return run.state === "stopped" ? run : { ...run, state: "failed", why: outcome.refused };
}

function failed(error: unknown): CheckRefusal {
  return { refused: reasonOf(error) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
