// `smtp-log-lens check IP…`: asks lists and DNS about sending addresses, after the user agreed, and tells what that says of the refusal.
import { operatorOf } from "../../catalogue/provider.ts";
import { readAddress } from "../../check/address.ts";
import { check as runCheck } from "../../check/check.ts";
import type { HealthMemory } from "../../check/health.ts";
import { type PlannedCheck, planSubject } from "../../check/plan.ts";
import type { Resolver } from "../../check/resolver.ts";
import { inquire, type Start } from "../../inquire.ts";
import type { Address, Report, Row, Subject } from "../../model.ts";
import { redacted } from "../../tell/redact.ts";
import { endText, headText, reportText, rowText } from "../../tell/report.ts";
import { reportJson } from "../../tell/reportJson.ts";
import { reportMarkdown } from "../../tell/reportMarkdown.ts";
import { cacheFolder, thisMachine } from "../cacheFolder.ts";
import { codeNamed } from "../checkCode.ts";
import { agrees } from "../checkConsent.ts";
import { type LogPlace, refusalAt } from "../checkLog.ts";
import { type CheckWishes, readCheckOptions } from "../checkOptions.ts";
import { openHealth } from "../healthFile.ts";
import { loadMailAuth } from "../mailAuth.ts";
import { resolverFor } from "../resolving.ts";
import { exitCodes, UsageError } from "../usage.ts";

/** Shows the plan, asks for consent, prints the rows as they come, then the verdict; the exit code is that of the worst address. */
export async function check(args: string[]): Promise<number> {
  const wishes = readCheckOptions(args, process.env);
  const resolver = resolverOf(wishes);
  const place = wishes.log === undefined ? undefined : await refusalAt(wishes.log);
  if (place?.note !== undefined) process.stderr.write(`${place.note}\n`);
  const subjects = addressesOf(wishes, place).map((address) => subjectOf(address, wishes, place));
  const planned = subjects.map((subject) => planSubject(subject, wishes, resolver));
  const agreed = await agrees(
    planned.map(({ plan }) => plan),
    wishes,
  );
  if (!agreed) return exitCodes.unknown;
  const health = openHealth(cacheFolder(thisMachine()));
  const reports = await health.lend((memory) => askAll(planned, { wishes, resolver, memory }));
  if (!streams(wishes)) process.stdout.write(told(wishes.redact ? redacted(reports) : reports, wishes));
  return exitCode(reports, planned.length);
}

function resolverOf({ servers, endpoint }: CheckWishes): Resolver {
  try {
    return resolverFor({ servers, endpoint });
  } catch (problem) {
    throw new UsageError(problem instanceof Error ? problem.message : String(problem));
  }
}

function addressesOf({ addresses, log }: CheckWishes, place: LogPlace | undefined): readonly Address[] {
  if (addresses.length > 0) return addresses;
  const named = readAddress(place?.finding.delivery.sourceIp ?? "");
  if (named !== undefined) return [named];
  throw new UsageError(`Line ${(log?.line ?? 0) + 1} does not name the sending address. Add it: check IP --log …`);
}

function subjectOf(address: Address, { refusal, typed }: CheckWishes, place: LogPlace | undefined): Subject {
  const { entry, decoded } = place?.finding ?? (refusal === undefined ? {} : codeNamed(refusal));
  const start: Start | undefined = entry && { entry, decoded, log: place?.log };
  const subject = inquire(address, start, typed);
  const line = subject.refusal?.line;
  if (subject.refusal === undefined || line === undefined) return subject;
  return { ...subject, refusal: { ...subject.refusal, line: line + (place?.before ?? 0) } };
}

interface Means {
  readonly wishes: CheckWishes;
  readonly resolver: Resolver;
  readonly memory: HealthMemory;
}

/** One address after the other, so that no list gets a flood; Ctrl+C keeps what is done. */
async function askAll(planned: readonly PlannedCheck[], means: Means): Promise<readonly Report[]> {
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const reports: Report[] = [];
  for (const one of planned) {
    if (abort.signal.aborted) break;
    if (reports.length > 0 && streams(means.wishes)) process.stdout.write("\n");
    reports.push(await ask(one, means, abort.signal));
  }
  const left = planned.slice(reports.length).map(({ plan }) => plan.subject.address.text);
  if (left.length > 0) process.stderr.write(`Cancelled: nothing was asked about ${left.join(", ")}.\n`);
  return reports;
}

async function ask(
  { plan, probes }: PlannedCheck,
  { wishes, resolver, memory }: Means,
  signal: AbortSignal,
): Promise<Report> {
  const { subject } = plan;
  const say = (text: string): void => {
    if (streams(wishes)) process.stdout.write(`${text}\n`);
  };
  say(headText(subject));
  const rows = held((row) => say(rowText(row, subject.refusal)));
  const report = await runCheck({
    ...{ subject, probes, resolver, memory, signal, operatorOf },
    mailAuth: loadMailAuth,
    secrets: Object.values(wishes.keys),
    consent: true,
    onRow: rows.take,
  });
  if (report.ended !== "offline") rows.release();
  say(endText(report));
  return report;
}

/** Holds rows back until one of them has an answer: without any DNS they would all say the same, which is one message. */
function held(print: (row: Row) => void): { take(row: Row): void; release(): void } {
  const waiting: Row[] = [];
  let answered = false;
  const release = () => waiting.splice(0).forEach(print);
  const take = (row: Row) => {
    waiting.push(row);
    answered ||= row.verdict !== "unknown" && row.verdict !== "not-checked";
    if (answered) release();
  };
  return { take, release };
}

/** Rows are printed as they come, except where a form needs them all: names to redact come with the answers. */
function streams({ form, redact }: CheckWishes): boolean {
  return form === "text" && !redact;
}

function told(reports: readonly Report[], { form }: CheckWishes): string {
  if (form === "json") return `${reportJson(reports, 0)}\n`;
  if (form === "markdown") return reportMarkdown(reports);
  return reports.map((report) => `${headText(report.subject)}\n${reportText(report)}\n`).join("\n");
}

/** Something against one of them counts most, then one of which nothing can be told. */
function exitCode(reports: readonly Report[], planned: number): number {
  const codes = reports.map(codeOf);
  if (codes.includes(exitCodes.failed)) return exitCodes.failed;
  return codes.length < planned || codes.includes(exitCodes.unknown) ? exitCodes.unknown : exitCodes.done;
}

/** Probes that tell of the resolver, of the recipient's side or of what nobody refuses for: nothing against the address. */
const aside: ReadonlySet<string> = new Set(["resolver", "recipient", "hygiene"]);

/** A question without a valid answer leaves open what it would have shown. */
function codeOf({ rows, ended }: Report): number {
  const found = new Set(rows.filter(({ probe }) => !aside.has(probe)).map(({ verdict }) => verdict));
  if (found.has("listed") || found.has("fail")) return exitCodes.failed;
  const answered = found.has("not-listed") || found.has("pass");
  const open = found.has("blocked") || found.has("unknown");
  return ended === "complete" && answered && !open ? exitCodes.done : exitCodes.unknown;
}
