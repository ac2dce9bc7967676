// The check of an address as one panel drives it: plan, consent, rows as they come, report.
import * as vscode from "vscode";
import { type CheckPlan, type CheckRefusal, methods, type Report, type Row } from "../../../server/src/protocol.ts";
import type { Service } from "../service.ts";
import { mayAsk } from "./page/links.ts";
import type { CheckState } from "./page/messages.ts";

/** One check at a time; `onChange` is told of every step. */
export class Check implements vscode.Disposable {
  readonly #service: Service;
  readonly #onChange: (state: CheckState) => void;
  readonly #listener: vscode.Disposable;
  #state: CheckState = { state: "idle" };
  #id = "";
  #token: vscode.CancellationTokenSource | undefined;

  constructor(service: Service, onChange: (state: CheckState) => void) {
    this.#service = service;
    this.#onChange = onChange;
    this.#listener = service.onRow(({ id, row }) => {
      if (id === this.#id) this.#take(row);
    });
  }

  get state(): CheckState {
    return this.#state;
  }

  /** What has been answered so far. */
  get rows(): readonly Row[] {
    const state = this.#state;
    if (state.state === "done") return state.report.rows;
    return state.state === "running" || state.state === "stopped" ? state.rows : [];
  }

  /** Asks what would be asked; sends nothing to anybody. */
  plan(ip: string): void {
    this.cancel();
    this.#id = crypto.randomUUID();
    this.#set({ state: "planning", ip });
    this.#finish(this.#id, this.#plan(ip));
  }

  /** Carries out the plan shown just before; without one for this very address nothing happens. */
  run(ip: string, entry: string | undefined): void {
    if (this.#state.state !== "planned") return;
    const { plan } = this.#state;
    if (plan.address.text !== ip || !mayAsk(plan)) return;
    this.#token = new vscode.CancellationTokenSource();
    this.#id = crypto.randomUUID();
    this.#set({ state: "running", plan, rows: [] });
    this.#finish(this.#id, this.#run({ id: this.#id, ip, consent: true, entry }));
  }

  cancel(): void {
    this.#token?.cancel();
    this.#token?.dispose();
    this.#token = undefined;
    if (this.#state.state === "running") this.#set({ state: "stopped", rows: this.#state.rows });
  }

  dispose(): void {
    this.cancel();
    this.#listener.dispose();
  }

  async #plan(ip: string): Promise<CheckState> {
    const plan = await this.#service.ask<CheckPlan | CheckRefusal>(methods.plan, { ip });
    return "refused" in plan ? { state: "refused", ip, reason: plan.refused } : { state: "planned", plan };
  }

  async #run(params: object): Promise<CheckState> {
    const report = await this.#service.ask<Report | CheckRefusal>(methods.check, params, this.#token?.token);
    return "refused" in report ? { state: "failed", why: report.refused } : { state: "done", report };
  }

  /** Shows the outcome of what was begun under `id`, unless something else was begun or it was cancelled since. */
  async #finish(id: string, work: Promise<CheckState>): Promise<void> {
    const state = await work.catch(failed);
    if (id === this.#id && (this.#state.state === "planning" || this.#state.state === "running")) this.#set(state);
  }

  #take(row: Row): void {
    if (this.#state.state !== "running") return;
    const rows = [...this.#state.rows.filter((known) => known.id !== row.id), row];
    this.#set({ ...this.#state, rows });
  }

  #set(state: CheckState): void {
    this.#state = state;
    this.#onChange(state);
  }
}

function failed(error: unknown): CheckState {
  return { state: "failed", why: error instanceof Error ? error.message : String(error) };
}
