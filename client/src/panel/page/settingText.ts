// The text of a change of settings: as it is shown, and as it is copied, which is the same.
import type { ExplanationPage, Setting, SettingLine } from "../../../../server/src/protocol.ts";
import { visible } from "./text.ts";

type SettingFile = Setting["files"][number];

/** A line of a configuration with everything invisible in it made visible, but for tabs. */
export function lineText({ text }: SettingLine): string {
  return text.split("\t").map(visible).join("\t");
}

/** What a file gains: the added lines alone, ready to be pasted. Empty when it only loses some. */
export function addedText({ lines }: SettingFile): string {
  const added = lines.filter(({ kind }) => kind === "add").map(lineText);
  return added.length === 0 ? "" : `${added.join("\n")}\n`;
}

/** Every text that a page offers to copy. */
export function copyTexts({ settings }: ExplanationPage): string[] {
  return settings.flatMap(({ files }) => files.map(addedText)).filter((text) => text !== "");
}
