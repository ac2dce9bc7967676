// The user's settings, read from what the editor sends: anything unexpected falls back to the default.

import type { Limits } from "../check/limits.ts";
import { member } from "./params.ts";

/** Where DNS questions go. */
export interface Resolving {
  /** Servers as HOST:PORT; empty for the system's own. */
  readonly servers: readonly string[];
  /** A DNS over HTTPS endpoint, which then is asked instead; undefined for plain DNS. */
  readonly endpoint: string | undefined;
}

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
  readonly resolving: Resolving;
  readonly limits: Partial<Limits>;
  /** Zone → asked or not. */
  readonly lists: Readonly<Record<string, boolean>>;
  /** Paths of files with rules of the user's own, first come first. */
  readonly rules: readonly string[];
}

const mostChoices = 200;
const mostRulesFiles = 16;
const longestPath = 4_096;

/** Used until the editor has answered. */
export const defaults: Settings = {
  diagnostics: true,
  severity: { permanent: "error", temporary: "warning", ours: "information" },
  resolving: { servers: [], endpoint: undefined },
  limits: {},
  lists: {},
  rules: [],
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
    ...checkSettings(member(section, "check")),
    rules: paths(member(section, "rules")),
  };
}

function checkSettings(check: unknown): Pick<Settings, "resolving" | "limits" | "lists"> {
  const endpoint = member(check, "dnsOverHttps");
  const timeout = member(check, "timeout");
  const questionMs = milliseconds(member(timeout, "question"));
  const totalMs = milliseconds(member(timeout, "total"));
  return {
    resolving: {
      servers: names(member(check, "resolver")),
      endpoint: typeof endpoint === "string" && endpoint.trim() !== "" ? endpoint.trim() : undefined,
    },
    limits: { ...(questionMs && { questionMs }), ...(totalMs && { totalMs }) },
    lists: choices(member(check, "lists")),
  };
}

/** Within the bounds that package.json tells. */
function milliseconds(value: unknown): number | undefined {
  return typeof value === "number" && value >= 100 && value <= 60_000 ? value : undefined;
}

function choices(value: unknown): Readonly<Record<string, boolean>> {
  if (typeof value !== "object" || value === null) return {};
  const pairs = Object.entries(value).filter((pair): pair is [string, boolean] => typeof pair[1] === "boolean");
  return Object.fromEntries(pairs.slice(0, mostChoices).map(([zone, asked]) => [zone.toLowerCase(), asked]));
}

function paths(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [];
  return all
    .filter((path): path is string => typeof path === "string" && path.trim() !== "" && path.length <= longestPath)
    .slice(0, mostRulesFiles);
}

function word(value: unknown, otherwise: SeverityWord): SeverityWord {
  const words: readonly SeverityWord[] = ["error", "warning", "information", "hint", "off"];
  return words.find((known) => known === value) ?? otherwise;
}

function names(value: unknown): string[] {
  const list = typeof value === "string" ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  return list.filter((name): name is string => typeof name === "string" && name !== "");
}
