// Applies a change to the files it is for, the way a careful administrator would: what should go or stand there must stand there.
import type { Setting, SettingLine } from "../../../server/src/measurement.ts";

/** The text after the change. Lines to add without any around them go to the end. Throws when what the change builds on is missing. */
export function changed(text: string, lines: readonly SettingLine[]): string {
  const before = lines.filter(({ kind }) => kind !== "add").map((line) => line.text);
  const after = lines.filter(({ kind }) => kind !== "remove").map((line) => line.text);
  const old = text.replace(/\n$/, "").split("\n");
  if (before.length === 0) return `${[...old, ...after].join("\n").replace(/^\n/, "")}\n`;
  const at = old.findIndex((_, start) => before.every((line, index) => old[start + index] === line));
  if (at < 0) throw new Error(`The change needs these lines:\n${before.join("\n")}`);
  return `${old.toSpliced(at, before.length, ...after).join("\n")}\n`;
}

/** The files that the setting changes, out of what they were; by path, a file that was not there begins empty. */
export function changedFiles(setting: Setting, files: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = { ...files };
  for (const { path, lines } of setting.files) result[path] = changed(result[path] ?? "", lines);
  return result;
}

/** A setting that must be there, for a test. */
export function present(setting: Setting | undefined): Setting {
  if (setting === undefined) throw new Error("There is no setting.");
  return setting;
}
