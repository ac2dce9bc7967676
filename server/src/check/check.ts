// Checks an address: plans the questions, asks them under limits once the user agreed, and reports.
import type { CheckPlan, PlannedQuestion, Report, Row, Subject } from "../model.ts";
import { bearingOf, byBearing } from "./bearing.ts";
import type { HealthMemory } from "./health.ts";
import { type Limited, type Limits, limit, usualLimits } from "./limits.ts";
import type { MailAuth } from "./mailAuth.ts";
import { masker } from "./mask.ts";
import type { Judgement, Probe, ProbeContext, Question } from "./probe.ts";
import { startRecord } from "./record.ts";
import type { Resolver } from "./resolver.ts";
import { judge, notAsked } from "./verdict.ts";
import { minute } from "./verdictWords.ts";

/** What a check needs. */
export interface CheckOptions {
  readonly subject: Subject;
  readonly resolver: Resolver;
  readonly probes: readonly Probe[];
  /** The user agreed to the plan. */
  readonly consent: true;
  readonly signal: AbortSignal;
  /** Called for each row as it is done. */
  readonly onRow: (row: Row) => void;
  /** Keys that stand in names that are asked; masked in every row. */
  readonly secrets?: readonly string[] | undefined;
  /** Loads the evaluation of SPF and DMARC; undefined, or rejecting with the reason, where it cannot run. */
  readonly mailAuth?: (() => Promise<MailAuth>) | undefined;
  readonly operatorOf?: ((host: string) => string | undefined) | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** What earlier checks found out about the lists. */
  readonly memory: HealthMemory;
  readonly now?: (() => Date) | undefined;
}

/** What a check of `subject` would ask, and whom; no questions for an address that is not public. */
export function planCheck(
  subject: Subject,
  { resolver, probes }: { readonly resolver: Pick<Resolver, "name">; readonly probes: readonly Probe[] },
): CheckPlan {
  const asked = subject.address.class === "public" ? planned(subject, probes) : [];
  return { subject, questions: asked.map(forConsent), resolver: resolver.name, leftOut: [] };
}

function forConsent({ probe, bearing, question: { id, what, whom } }: Planned): PlannedQuestion {
  return { id, probe, bearing, what, whom };
}

/** Asks and reports. Rows come by `onRow` as they are done and stand in the report in the order of the plan. Never throws for a fault of the world. */
export async function check(options: CheckOptions): Promise<Report> {
  if (options.consent !== true) throw new TypeError("a check needs the user's consent");
  return options.subject.address.class === "public" ? checkPublic(options) : refuse(options);
}

interface Planned {
  readonly probe: string;
  readonly bearing: Row["bearing"];
  readonly question: Question;
}

/** What the provider names comes first, what no provider minds last. */
function planned(subject: Subject, probes: readonly Probe[]): readonly Planned[] {
  const all = probes.flatMap((probe) =>
    probe.plan(subject).map((question) => {
      return { probe: probe.id, bearing: bearingOf(question.id, subject.refusal?.rule), question };
    }),
  );
  return byBearing(all);
}

function refuse({ subject, now = realNow }: CheckOptions): Report {
  return {
    subject,
    rows: [],
    verdict: notAsked(subject.address),
    conclusion: undefined,
    next: undefined,
    started: now().toISOString(),
    ended: "not-asked",
  };
}

async function checkPublic(options: CheckOptions): Promise<Report> {
  const { subject, resolver, signal, probes, now = realNow } = options;
  // Before the clock starts: loading is not the network's delay.
  const mailAuth = await loaded(options);
  const started = now().toISOString();
  const limited = limit(resolver, { ...usualLimits, ...options.limits }, signal);
  try {
    const run = { options, limited, started, mailAuth, mask: masker(options.secrets ?? []) };
    const done = await Promise.all(planned(subject, probes).map((one) => answerOne(one, run)));
    const rows = done.map(({ row }) => row);
    const ended = limited.ended();
    const briefs = new Map(done.map(({ row, brief }) => [row.id, brief]));
    const judged = judge({ subject, rows, briefs, ended, started, resolver: resolver.name });
    return { subject, rows, ...judged, started, ended };
  } finally {
    limited.close();
  }
}

/** Without the library the rows that need it say so; the others do not suffer. */
async function loaded({ mailAuth, subject }: CheckOptions): Promise<MailAuth | undefined> {
  const { helo, sender, headerFrom } = subject.mail;
  if (mailAuth === undefined || (helo ?? sender ?? headerFrom) === undefined) return undefined;
  return mailAuth().catch(() => undefined);
}

function realNow(): Date {
  return new Date();
}

interface Run {
  readonly options: CheckOptions;
  readonly limited: Limited;
  readonly started: string;
  readonly mailAuth: MailAuth | undefined;
  readonly mask: (row: Row) => Row;
}

async function answerOne(one: Planned, run: Run): Promise<{ row: Row; brief: string | undefined }> {
  const { options, limited, mailAuth } = run;
  const record = startRecord(limited.ask);
  const start = performance.now();
  const judgement = await one.question.answer({ ...contextOf(run), ask: record.ask, mailAuth });
  const facts = { ...record.read(), ms: Math.round(performance.now() - start), resolver: options.resolver.name };
  const row = toRow(one, judgement, facts);
  const masked = run.mask(row);
  options.onRow(masked);
  return { row: masked, brief: judgement.brief };
}

function contextOf({ options, started }: Run): Omit<ProbeContext, "ask" | "mailAuth"> {
  const { subject, resolver, memory, now = realNow, operatorOf = () => undefined } = options;
  const { address, mail } = subject;
  const time = minute(started);
  return { address, family: address.family, mail, operatorOf, resolver: resolver.name, memory, now, time };
}

function toRow(
  { probe, bearing, question }: Planned,
  { verdict, answer, remedy, link, turn, lists = [], details = [] }: Judgement,
  facts: Pick<Row, "asked" | "answers" | "age" | "ms" | "resolver">,
): Row {
  const { id, question: text } = question;
  return { id, probe, bearing, question: text, ...facts, answer, details, verdict, lists, remedy, turn, link };
}
