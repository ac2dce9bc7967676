// What the tree of failures shows of its nodes.
import * as vscode from "vscode";
import type { Occurrence } from "../../../server/src/logProtocol.ts";
import { nameOf } from "../logName.ts";
import { type CodeNode, countedSince, type ProviderNode } from "./nodes.ts";

/** A place of a code, or the word that there are more than are listed. */
export interface PlaceNode {
  readonly kind: "place";
  readonly at: Occurrence;
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

function providerItem({ name, count }: ProviderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `provider ${name}`;
  item.description = count.toLocaleString("en");
  item.iconPath = new vscode.ThemeIcon("server");
  item.accessibilityInformation = { label: `${name}, ${count.toLocaleString("en")} failures` };
  return item;
}

const icons = {
  permanent: new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground")),
  temporary: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
  ours: new vscode.ThemeIcon("shield"),
};

function codeItem({ code }: CodeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(code.code, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `code ${code.page}`;
  item.description = countedSince(code);
  item.tooltip = `${code.code}: ${code.title}`;
  item.iconPath = icons[code.kind];
  item.contextValue = "code";
  item.accessibilityInformation = { label: `${code.code}, ${code.title}, ${code.kind}, ${countedSince(code)}` };
  return item;
}

function placeItem({ at }: PlaceNode): vscode.TreeItem {
  const { uri, line, time, recipient, words } = at;
  const log = vscode.Uri.parse(uri);
  const label = `${nameOf(log.path)}:${line + 1}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = [time?.replace("T", " "), recipient].filter((text) => text !== undefined).join(" ");
  // A plain text: Markdown of a stranger's words would be drawn.
  item.tooltip = words;
  item.command = { command: placeCommand, title: "Go to the Line", arguments: [uri, line, at.start, at.end] };
  item.accessibilityInformation = { label: `${label} ${item.description}` };
  return item;
}

function moreItem({ count }: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(`and ${count.toLocaleString("en")} more`);
  item.tooltip = "“Show Failures Only” lists them in the log's order.";
  return item;
}
