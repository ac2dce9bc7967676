// Which logs each report is about, remembered by the workspace, so that a report that the editor restores is counted again.
import type * as vscode from "vscode";

const memoryKey = "smtpLogLens.reports";

/** The oldest are forgotten. */
const most = 50;

/** Sets of logs by a short id. */
export class ReportSets {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** The id of a set; the same for the same logs. */
  async remember(uris: readonly string[]): Promise<string> {
    const sets = this.#sets();
    const known = sets.find(({ uris: own }) => JSON.stringify(own) === JSON.stringify(uris));
    if (known !== undefined) return known.id;
    const id = crypto.randomUUID().slice(0, 8);
    await this.#memory.update(memoryKey, [...sets, { id, uris }].slice(-most));
    return id;
  }

  /** The logs of a set; undefined for one that is not known. */
  logsOf(id: string): readonly string[] | undefined {
    return this.#sets().find((set) => set.id === id)?.uris;
  }

  #sets(): readonly { readonly id: string; readonly uris: readonly string[] }[] {
    const value: unknown = this.#memory.get(memoryKey);
    return Array.isArray(value) ? value.filter(isSet) : [];
  }
}

function isSet(value: unknown): value is { id: string; uris: string[] } {
  const { id, uris } = Object(value) as { readonly id?: unknown; readonly uris?: unknown };
  return typeof id === "string" && Array.isArray(uris) && uris.every((uri) => typeof uri === "string");
}
