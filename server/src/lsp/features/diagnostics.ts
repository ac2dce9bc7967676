// Diagnostics: one for each failing line, or one for each kind of failure when a log has too many; pushed, never pulled.
import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from "vscode-languageserver";
import { groupBy } from "../../catalogue/group.ts";
import type { Digest } from "../../digest/digest.ts";
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
  const scanned = session.scanned(uri);
  if (log === undefined && scanned === undefined) pushed.delete(uri);
  else pushed.set(uri, Date.now());
  const shown =
    scanned === undefined
      ? diagnose(uri, log?.analysis?.findings ?? [], session.settings)
      : diagnoseDigest(uri, scanned.digest, session.settings);
  connection.sendDiagnostics({ uri, diagnostics: shown });
}

/** The diagnostics of a log, at most `mostDiagnostics`, every kind of failure among them. */
export function diagnose(uri: string, findings: readonly Finding[], settings: Settings): Diagnostic[] {
  const shown = settings.diagnostics ? findings.filter((finding) => severity(finding, settings) !== "off") : [];
  if (shown.length <= mostDiagnostics) return shown.map((finding) => single(finding, settings));
  const fine = kindsBy(shown, (one) => `${findingPage(one)} ${one.permanent} ${one.delivery.direction}`);
  // Masks are without number, entries are not.
  const kinds = fine.length <= mostDiagnostics ? fine : kindsBy(shown, ({ entry }) => entry.id);
  return grouped(uri, kinds.map(kindWithAll), settings);
}

/** The same for a log of which not every finding is kept. */
export function diagnoseDigest(uri: string, { kinds }: Pick<Digest, "kinds">, settings: Settings): Diagnostic[] {
  const shown = kinds.filter(({ kept: [first] }) => first !== undefined && severity(first, settings) !== "off");
  if (!settings.diagnostics) return [];
  const byLine = (a: Diagnostic, b: Diagnostic): number => a.range.start.line - b.range.start.line;
  return grouped(uri, shown.slice(0, mostDiagnostics), settings).sort(byLine);
}

type Kind = Pick<Digest["kinds"][number], "kept" | "count" | "last">;

function kindWithAll(findings: readonly Finding[]): Kind {
  const last = findings.at(-1)?.delivery;
  if (last === undefined) throw new Error("A kind of failure is never empty.");
  return { kept: findings, count: findings.length, last: { line: last.line, span: tellingSpan(last) } };
}

/** Rare kinds keep a diagnostic for each line; the frequent ones share one. Rarest first, fair shares of what is left. */
function grouped(uri: string, kinds: readonly Kind[], settings: Settings): Diagnostic[] {
  let left = mostDiagnostics;
  const rarestFirst = [...kinds].sort((a, b) => a.count - b.count);
  return rarestFirst.flatMap((kind, index) => {
    const share = Math.floor(left / (rarestFirst.length - index));
    const one = kind.count > share || kind.count > kind.kept.length;
    left -= one ? 1 : kind.count;
    return one ? [aggregate(uri, kind, settings)] : kind.kept.map((finding) => single(finding, settings));
  });
}

function kindsBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Finding[][] {
  return [...groupBy(findings, keyOf).values()];
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

function aggregate(uri: string, { kept: [first], count, last }: Kind, settings: Settings): Diagnostic {
  if (first === undefined) throw new Error("A kind of failure is never empty.");
  const place = (range: Diagnostic["range"], message: string): DiagnosticRelatedInformation => ({
    location: { uri, range },
    message,
  });
  return {
    ...single(first, settings),
    message: groupMessage(first, last.line, count),
    relatedInformation: [
      place(rangeOf(first), "The first line of this kind"),
      place(rangeOn(last.line, last.span), "The last line of this kind"),
    ],
  };
}

/** The most telling stretch: a whole reply underlined over several wrapped rows would shout. */
function rangeOf({ delivery }: Finding): Diagnostic["range"] {
  return rangeOn(delivery.line, tellingSpan(delivery));
}
