// The user's keys of lists that want one: kept by the editor as secrets, sent to the server with a plan, shown nowhere.
import type * as vscode from "vscode";

const secretName = "smtpLogLens.keys";

/** What stands for a key wherever text is written. */
const mask = "•••";

/** Why `text` is no key, a sentence for the user; undefined when it may be one. */
export function keyFault(text: string): string | undefined {
  return isKey(text.trim()) ? undefined : "A key has 8 to 64 letters and digits, nothing else.";
}

/** The stored keys by the id of their list, and every key that this window has ever held, for masking. */
export class Keys {
  readonly #secrets: vscode.SecretStorage;
  readonly #seen = new Set<string>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Fires when a key was stored or removed, in any window. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key === secretName) listener();
    });
  }

  /** The stored keys; none when the editor has no safe place for secrets. */
  async read(): Promise<Readonly<Record<string, string>>> {
    const text = await Promise.resolve(this.#secrets.get(secretName)).catch(() => undefined);
    const keys = readKeys(text);
    for (const key of Object.values(keys)) this.#seen.add(key);
    return keys;
  }

  /** Stores the key of a list, or removes it when undefined. Rejects when the editor cannot keep secrets. */
  async store(list: string, key: string | undefined): Promise<void> {
    const { [list]: _old, ...others } = await this.read();
    const keys = key === undefined ? others : { ...others, [list]: key };
    if (key !== undefined) this.#seen.add(key);
    if (Object.keys(keys).length === 0) await this.#secrets.delete(secretName);
    else await this.#secrets.store(secretName, JSON.stringify(keys));
  }

  /** The text without any key, in any case of letters: DNS names have none. */
  masked(text: string): string {
    if (this.#seen.size === 0) return text;
    return text.replace(new RegExp([...this.#seen].sort(longestFirst).join("|"), "gi"), mask);
  }
}

/** A key that begins with another one is masked whole. */
function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function isKey(text: string): boolean {
  return /^[A-Za-z0-9]{8,64}$/.test(text);
}

function readKeys(text: string | undefined): Record<string, string> {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return {};
  const pairs = Object.entries(value).filter((pair): pair is [string, string] => {
    return typeof pair[1] === "string" && isKey(pair[1]);
  });
  return Object.fromEntries(pairs);
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
