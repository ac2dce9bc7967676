// Diagnostics: one for each failing line, or one for each kind of failure when a log has too many; pushed, never pulled.
import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding } from "../../model.ts";
import { findingMessage, groupMessage } from "../../tell/diagnostic.ts";
import { findingPage } from "../../tell/pages.ts";
import { kindOf, shortLabel, tellingSpan } from "../../tell/words.ts";
import type { Context, Feature } from "../feature.ts";
import { rangeOn } from "../position.ts";
import type { Settings, SeverityWord } from "../settings.ts";

/** The most that VS Code keeps for one file and collection. */
export const mostDiagnostics = 1_000;

/** Edits come in bursts; between two pushes for one document at least this many milliseconds pass. */
const quietMs = 100;

const severities: Record<Exclude<SeverityWord, "off">, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const diagnostics: Feature = {
  capabilities: () => ({}),
  register: (context) => {
    const pushed = new Map<string, number>();
    const waiting = new Set<string>();
    context.session.onRenewed((uri) => {
      if (waiting.has(uri)) return;
      const wait = Math.max(0, (pushed.get(uri) ?? 0) + quietMs - Date.now());
      if (wait === 0) return push(context, uri, pushed);
      waiting.add(uri);
      setTimeout(() => {
        waiting.delete(uri);
        push(context, uri, pushed);
      }, wait);
    });
  },
};

function push({ connection, session }: Context, uri: string, pushed: Map<string, number>): void {
  const log = session.log(uri);
  if (log === undefined) pushed.delete(uri);
  else pushed.set(uri, Date.now());
  const shown = log?.analysis === undefined ? [] : diagnose(uri, log.analysis.findings, session.settings);
  connection.sendDiagnostics({ uri, diagnostics: shown });
}

/** The diagnostics of a log, at most `mostDiagnostics`, every kind of failure among them. */
export function diagnose(uri: string, findings: readonly Finding[], settings: Settings): Diagnostic[] {
  const shown = settings.diagnostics ? findings.filter((finding) => severity(finding, settings) !== "off") : [];
  if (shown.length <= mostDiagnostics) return shown.map((finding) => single(finding, settings));
  return grouped(shown).flatMap((group) =>
    group.aggregate
      ? [aggregate(uri, group.findings, settings)]
      : group.findings.map((finding) => single(finding, settings)),
  );
}

interface Group {
  readonly findings: readonly Finding[];
  readonly aggregate: boolean;
}

/** Rare kinds keep a diagnostic for each line; the frequent ones share one. Rarest first, fair shares of what is left. */
function grouped(findings: readonly Finding[]): Group[] {
  const fine = kindsBy(findings, (one) => `${findingPage(one)} ${one.permanent} ${one.delivery.direction}`);
  // Masks are without number, entries are not.
  const kinds = fine.length <= mostDiagnostics ? fine : kindsBy(findings, ({ entry }) => entry.id);
  let left = mostDiagnostics;
  const rarestFirst = kinds.sort((a, b) => a.length - b.length);
  return rarestFirst.map((kind, index) => {
    const share = Math.floor(left / (rarestFirst.length - index));
    const aggregate = kind.length > share;
    left -= aggregate ? 1 : kind.length;
    return { findings: kind, aggregate };
  });
}

function kindsBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Finding[][] {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, [finding]);
    else kind.push(finding);
  }
  return [...kinds.values()];
}

function severity(finding: Finding, { severity }: Settings): SeverityWord {
  return severity[kindOf(finding)];
}

function single(finding: Finding, settings: Settings): Diagnostic {
  const word = severity(finding, settings);
  return {
    range: rangeOf(finding),
    severity: severities[word === "off" ? "hint" : word],
    source: "smtp-log-lens",
    code: shortLabel(finding),
    codeDescription: { href: findingPage(finding) },
    message: findingMessage(finding),
  };
}

function aggregate(uri: string, findings: readonly Finding[], settings: Settings): Diagnostic {
  const [first, last] = [findings[0], findings.at(-1)];
  if (first === undefined || last === undefined) throw new Error("A group of findings is never empty.");
  const place = (finding: Finding, message: string): DiagnosticRelatedInformation => ({
    location: { uri, range: rangeOf(finding) },
    message,
  });
  return {
    ...single(first, settings),
    message: groupMessage(findings),
    relatedInformation: [place(first, "The first line of this kind"), place(last, "The last line of this kind")],
  };
}

/** The most telling stretch: a whole reply underlined over several wrapped rows would shout. */
function rangeOf({ delivery }: Finding): Diagnostic["range"] {
  return rangeOn(delivery.line, tellingSpan(delivery));
}
