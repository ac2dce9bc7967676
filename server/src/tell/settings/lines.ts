// The lines of a change: what is added with its reason, what goes, and what stands around it.
import type { SettingLine } from "../../measurement.ts";

/** A line to add, and the one sentence that says why. */
export function add(text: string, why: string): SettingLine {
  return { kind: "add", text, why };
}

/** A line that goes. */
export function remove(text: string): SettingLine {
  return { kind: "remove", text, why: undefined };
}

/** A line that is there and shows where the others belong. */
export function context(text: string): SettingLine {
  return { kind: "context", text, why: undefined };
}

/** The lines that `make` gives for a value; none without one. */
export function given(
  value: number | undefined,
  make: (value: number) => SettingLine | readonly SettingLine[],
): readonly SettingLine[] {
  return value === undefined ? [] : [make(value)].flat();
}
