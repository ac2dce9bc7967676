// Opens the page that checks one address; asks which when none is given.
import * as vscode from "vscode";
import { checkPath, isAddress, pagePath } from "../pages.ts";
import { openPage } from "../panel/openPage.ts";

/** Opens the check that `page` is the address of, else asks for an IP. Nothing is asked of anybody before the page's own consent. */
export async function checkIp(page: unknown): Promise<void> {
  const path = pagePath(page) ?? (await askPath());
  if (path !== undefined) await openPage(path);
}

async function askPath(): Promise<string | undefined> {
  const address = await askAddress();
  return address === undefined ? undefined : checkPath(address);
}

async function askAddress(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: "Check a sending IP",
    prompt: "The address your mail server sends from. You see what would be asked before anything is.",
    placeHolder: "IPv4 or IPv6 address",
    value: selected() ?? "",
    validateInput: (text) => (text.trim() === "" || isAddress(text.trim()) ? undefined : "This is not an IP address."),
  });
  return typed === undefined || typed.trim() === "" ? undefined : typed.trim();
}

function selected(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection).slice(0, 50).trim();
  return text !== undefined && isAddress(text) ? text : undefined;
}
