// Stores or removes the user's key of a list that answers with a key only.
import * as vscode from "vscode";
import { type KeyedList, methods } from "../../../server/src/protocol.ts";
import { type Keys, keyFault } from "../keys.ts";
import type { Service } from "../service.ts";

/** Lets the user pick a list, then asks for its key, or removes the one that is stored. */
export async function setKey(service: Service, keys: Keys): Promise<void> {
  const [lists, stored] = await Promise.all([service.ask<KeyedList[]>(methods.keyed, undefined), keys.read()]);
  const picked = await vscode.window.showQuickPick(
    lists.map((list) => pickItem(list, stored[list.id] !== undefined)),
    { title: "Key of a blocklist", placeHolder: "Which list is the key for?", matchOnDetail: true },
  );
  if (picked === undefined) return;
  const removes = picked.stored ? await wantsRemoval(picked.list) : false;
  if (removes === true) await keep(keys, picked.list, undefined);
  if (removes === false) await askKey(keys, picked.list);
}

interface ListItem extends vscode.QuickPickItem {
  readonly list: KeyedList;
  readonly stored: boolean;
}

function pickItem(list: KeyedList, stored: boolean): ListItem {
  const description = stored ? "a key is stored" : "no key";
  return {
    label: list.name,
    iconPath: new vscode.ThemeIcon(stored ? "key" : "circle-slash"),
    description,
    detail: list.about,
    list,
    stored,
  };
}

/** Undefined when the user backs out. */
async function wantsRemoval({ name }: KeyedList): Promise<boolean | undefined> {
  const items = [
    { label: "Replace the key…", removes: false },
    { label: "Remove the key", removes: true },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: `Key of ${name}`, placeHolder: "A key is stored." });
  return picked?.removes;
}

async function askKey(keys: Keys, list: KeyedList): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: `Key of ${list.name}`,
    prompt: `${list.about} It is kept in the editor's secret storage and sent to nobody but the list.`,
    password: true,
    ignoreFocusOut: true,
    // The prompt says what the key is: it must be readable before anything is typed.
    validateInput: (text) => (text === "" ? undefined : keyFault(text)),
  });
  if (typed !== undefined && typed.trim() !== "") await keep(keys, list, typed.trim());
}

async function keep(keys: Keys, { id, name }: KeyedList, key: string | undefined): Promise<void> {
  try {
    await keys.store(id, key);
  } catch {
    // What the store says may hold what was to be stored.
    vscode.window.showErrorMessage(
      `The editor could not reach its secret storage, so the key of ${name} was not changed.`,
    );
    return;
  }
  const said =
    key === undefined ? `The key of ${name} is removed.` : `The key of ${name} is stored. The next plan uses it.`;
  vscode.window.showInformationMessage(said);
}
