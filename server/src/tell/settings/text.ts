// A change of settings as plain lines, for terminals and for editors without the panel.
import type { Setting, SettingLine } from "../../measurement.ts";

const signs: Readonly<Record<SettingLine["kind"], string>> = { add: "+", remove: "-", context: " " };

/** Its files as a diff with the reason behind each line, then commands, cost and notes. */
export function settingLines({ serverName, files, commands, cost, notes, sources }: Setting): readonly string[] {
  return [
    `${serverName} (nothing is applied: copy what you want)`,
    ...files.flatMap(({ path, lines }) => [path, ...lines.flatMap(diffLines)]),
    ...(commands.length === 0 ? [] : ["Then run:", ...commands.map((command) => `  ${command}`)]),
    `What it costs: ${cost}`,
    ...notes.map((note) => `Note: ${note}`),
    ...sources.map(({ name, url }) => `See ${name}: ${url}`),
  ];
}

function diffLines({ kind, text, why }: SettingLine): readonly string[] {
  const line = `${signs[kind]} ${text}`.trimEnd();
  return why === undefined ? [line] : [line, `      ${why}`];
}
