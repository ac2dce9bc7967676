// Tells a report as SARIF 2.1.0 (OASIS), for programs that show results of analyses: a result for each kind of failure.
import type { FileTally, Group, Kind, LogTally, Place } from "../../tally.ts";
import { safeJson } from "../json.ts";
import { bounded, visible } from "../markdown.ts";
import { counted } from "../words.ts";
import { countsText, delaysText } from "./figures.ts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const levels: Readonly<Record<Kind, string>> = { permanent: "error", temporary: "warning", ours: "note" };
const mostNames = 10;

/** One run of the program with this version. */
export function tallySarif(tally: LogTally, version: string): string {
  const pages = [...new Set(tally.groups.map(({ page }) => page))];
  const run = {
    tool: { driver: { name: "SMTP Log Lens", version, rules: pages.map((page) => ruleOf(page, tally)) } },
    columnKind: "utf16CodeUnits",
    artifacts: tally.files.map((file) => ({ location: { uri: uriOf(file.path) }, sourceLanguage: "smtplog" })),
    invocations: [invocation(tally.files)],
    results: tally.groups.map((group) => resultOf(group, pages.indexOf(group.page), tally.files)),
  };
  return `${safeJson({ $schema: schema, version: "2.1.0", runs: [run] }, 2)}\n`;
}

function ruleOf(page: string, { groups }: LogTally) {
  const { title, reason } = groups.find((group) => group.page === page) ?? { title: page, reason: "unknown" };
  return { id: page, shortDescription: { text: title }, properties: { reason } };
}

function invocation(files: readonly FileTally[]) {
  const faults = files.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
  return {
    executionSuccessful: faults.length === 0,
    toolExecutionNotifications: faults.map((text) => ({ level: "error", message: { text } })),
  };
}

function resultOf(group: Group, ruleIndex: number, files: readonly FileTally[]) {
  const { page, kind, count, first, last, provider, label, domains, sources, delays, templates } = group;
  return {
    ...{ ruleId: page, ruleIndex, level: levels[kind], message: { text: messageOf(group) }, occurrenceCount: count },
    locations: [locationOf(first, files)],
    relatedLocations: count === 1 ? [] : [{ ...locationOf(last, files), message: { text: "The last of them" } }],
    partialFingerprints: { "smtpLogLens/kind/v1": visible(group.id) },
    properties: {
      ...{ provider, code: label, kind, firstTime: first.time, lastTime: last.time },
      recipientDomains: countsText(domains, mostNames),
      sourceIps: countsText(sources, mostNames),
      delays: delays && delaysText(delays),
      wordings: templates.map(({ text, count }) => ({ text, count })),
    },
  };
}

function messageOf({ label, title, providerName, count }: Group): string {
  return `${bounded(visible(label), 60)}: ${title} (${providerName}, ${counted(count, "time")})`;
}

function locationOf({ file, line }: Place, files: readonly FileTally[]) {
  const artifactLocation = { uri: uriOf(files[file]?.path ?? ""), index: file };
  return { physicalLocation: { artifactLocation, region: { startLine: line + 1 } } };
}

/** A path as a URI reference (RFC 3986): relative where the path is. */
function uriOf(path: string): string {
  if (path === "-") return "stdin";
  const parts = path.replaceAll("\\", "/").split("/").map(encodeURIComponent);
  if (path.startsWith("/")) return `file://${parts.join("/")}`;
  return /^[A-Za-z]:[\\/]/.test(path) ? `file:///${path.slice(0, 2)}/${parts.slice(1).join("/")}` : parts.join("/");
}
