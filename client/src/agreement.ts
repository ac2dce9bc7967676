// The user's consent as this window keeps it: the setting, the trust in the workspace, and what the workspace remembers.
import * as vscode from "vscode";
import type { PlanAnswer } from "../../server/src/protocol.ts";
import { always, type ConsentFacts, decide, isStanding, partiesOf, readRemembered, readStanding } from "./consent.ts";
import type { Consent } from "./panel/page/checkState.ts";

const memoryKey = "smtpLogLens.consent";
const settingName = "smtpLogLens.check.consent";

/** Knows what was agreed to; tells when that changes. */
export class Agreement implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];

  /** Fires when a decision may be another one: by the user, a setting, or trust. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#listeners = [
      this.#changed,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingName)) this.#changed.fire();
      }),
    ];
  }

  /** Whether this plan may be carried out. */
  decide(answer: PlanAnswer): Consent {
    return decide(this.#facts(), partiesOf(answer));
  }

  /** True when a yes stands, so that a check may begin at once. */
  get standing(): boolean {
    return isStanding(this.#facts());
  }

  async remember(answer: "always" | "never", plan: PlanAnswer): Promise<void> {
    const { remembered } = this.#facts();
    await this.#keep(answer === "never" ? { answer } : always(remembered, partiesOf(plan)));
  }

  async forget(): Promise<void> {
    await this.#keep(undefined);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  async #keep(value: unknown): Promise<void> {
    await this.#memory.update(memoryKey, value);
    this.#changed.fire();
  }

  #facts(): ConsentFacts {
    return {
      trusted: vscode.workspace.isTrusted,
      setting: readStanding(vscode.workspace.getConfiguration().get(settingName)),
      remembered: readRemembered(this.#memory.get(memoryKey)),
    };
  }
}
