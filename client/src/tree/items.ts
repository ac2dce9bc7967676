// What the tree of failures shows of its nodes.
import * as vscode from "vscode";
import type { Occurrence } from "../../../server/src/logProtocol.ts";
import { nameOf } from "../logName.ts";
import { type CodeNode, countedSince, failures, kindsOf, type ProviderNode, readable } from "./nodes.ts";

/** A place of a code, or the word that there are more than are listed. */
export interface PlaceNode {
  readonly kind: "place";
  readonly at: Occurrence;
  /** True when the code stands in several logs, so that each place names its log. */
  readonly ofSeveral: boolean;
}

/** Stands for the places that are not listed. */
export interface MoreNode {
  readonly kind: "more";
  readonly count: number;
}

/** Anything in the tree. */
export type Node = ProviderNode | CodeNode | PlaceNode | MoreNode;

/** The command behind a place. */
export const placeCommand = "smtpLogLens.openPlace";

/** How a node is shown. */
export function itemOf(node: Node): vscode.TreeItem {
  if (node.kind === "provider") return providerItem(node);
  if (node.kind === "code") return codeItem(node);
  return node.kind === "place" ? placeItem(node) : moreItem(node);
}

function providerItem(node: ProviderNode): vscode.TreeItem {
  const { name, count, open, filter } = node;
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(name, open ? Expanded : Collapsed);
  item.id = `provider ${name} ${filter}`;
  item.description = count.toLocaleString("en");
  item.tooltip = `${name}: ${failures(count)}\n${kindsOf(node)}`;
  item.iconPath = new vscode.ThemeIcon("server");
  item.accessibilityInformation = { label: `${name}, ${failures(count)}, ${kindsOf(node)}` };
  return item;
}

const icons = {
  permanent: new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground")),
  temporary: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
  ours: new vscode.ThemeIcon("shield"),
};

const kindNames = { permanent: "Permanent", temporary: "Temporary", ours: "Refused by us" } as const;

function codeItem({ code }: CodeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(code.code, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `code ${code.page} ${code.provider}`;
  item.description = countedSince(code);
  item.tooltip = `${code.code}: ${code.title}\n${kindNames[code.kind]}, ${countedSince(code)}`;
  item.iconPath = icons[code.kind];
  item.contextValue = "code";
  item.accessibilityInformation = {
    label: `${code.code}, ${code.title}, ${kindNames[code.kind]}, ${countedSince(code)}`,
  };
  return item;
}

function placeItem({ at, ofSeveral }: PlaceNode): vscode.TreeItem {
  const { uri, line, time, recipient, words } = at;
  const log = vscode.Uri.parse(uri);
  const row = (line + 1).toLocaleString("en");
  const label = ofSeveral ? `${nameOf(log.path)}, line ${row}` : `Line ${row}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = [time === undefined ? undefined : readable(time), recipient]
    .filter((text) => text !== undefined)
    .join(" ");
  // A plain text: Markdown of a stranger's words would be drawn.
  item.tooltip = `${nameOf(log.path)}, line ${row}\n${words}`;
  item.command = { command: placeCommand, title: "Go to the Line", arguments: [uri, line, at.start, at.end] };
  item.accessibilityInformation = { label: `${label} ${item.description}, ${words}` };
  return item;
}

function moreItem({ count }: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(`and ${count.toLocaleString("en")} more`);
  item.tooltip =
    "“SMTP Log Lens: Show Failures Only” lists all failures in the log's order; a count of “Report” leads to the lines of one code.";
  return item;
}
