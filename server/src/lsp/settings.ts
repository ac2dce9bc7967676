// The user's settings, read from what the editor sends: anything unexpected falls back to the default.

/** How a kind of finding is shown among the problems. */
export type SeverityWord = "error" | "warning" | "information" | "hint" | "off";

/** What the server needs to know of the user's wishes. */
export interface Settings {
  readonly diagnostics: boolean;
  readonly severity: {
    readonly permanent: SeverityWord;
    readonly temporary: SeverityWord;
    readonly ours: SeverityWord;
  };
  /** Resolvers as HOST:PORT; empty for the system's own. */
  readonly resolvers: readonly string[];
}

/** Used until the editor has answered. */
export const defaults: Settings = {
  diagnostics: true,
  severity: { permanent: "error", temporary: "warning", ours: "information" },
  resolvers: [],
};

/** Reads the section `smtpLogLens` as the editor sends it. */
export function readSettings(section: unknown): Settings {
  const severity = member(section, "severity");
  return {
    diagnostics: member(member(section, "diagnostics"), "enable") !== false,
    severity: {
      permanent: word(member(severity, "permanent"), defaults.severity.permanent),
      temporary: word(member(severity, "temporary"), defaults.severity.temporary),
      ours: word(member(severity, "ours"), defaults.severity.ours),
    },
    resolvers: names(member(member(section, "check"), "resolver")),
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function word(value: unknown, otherwise: SeverityWord): SeverityWord {
  const words: readonly SeverityWord[] = ["error", "warning", "information", "hint", "off"];
  return words.find((known) => known === value) ?? otherwise;
}

function names(value: unknown): string[] {
  const list = typeof value === "string" ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  return list.filter((name): name is string => typeof name === "string" && name !== "");
}
