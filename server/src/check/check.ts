// Checks an address: plans the questions, asks them under limits once the user agreed, and reports.
import type { Address, CheckPlan, Report, Row } from "../model.ts";
import type { HealthMemory } from "./health.ts";
import { type Limited, type Limits, limit, usualLimits } from "./limits.ts";
import { type Judgement, type Probe, type Question, shown, silenceNames } from "./probe.ts";
import { probes as usualProbes } from "./probes/index.ts";
import type { Ask, DnsAnswer, Resolver } from "./resolver.ts";
import { notAsked, verdictSentence } from "./verdict.ts";

/** What a check needs. */
export interface CheckOptions {
  readonly address: Address;
  readonly resolver: Resolver;
  /** The user agreed to the plan. */
  readonly consent: true;
  readonly signal: AbortSignal;
  /** Called for each row as it is done. */
  readonly onRow: (row: Row) => void;
  /** The entry the question comes from, "cox/CXCNCT". */
  readonly entry?: string | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly probes?: readonly Probe[] | undefined;
  readonly memory?: HealthMemory | undefined;
  readonly now?: (() => Date) | undefined;
}

const sharedMemory: HealthMemory = new Map();

/** What a check of `address` would ask, and whom; no questions for an address that is not public. */
export function planCheck(address: Address, resolver: Pick<Resolver, "name">, probes = usualProbes): CheckPlan {
  const asked = address.class === "public" ? planned(address, probes) : [];
  const questions = asked.map(({ probe, question: { what, whom } }) => ({ probe, what, whom }));
  return { address, questions, resolver: resolver.name };
}

/** Asks and reports. Rows come by `onRow` as they are done and stand in the report in the order of the plan. Never throws for a fault of the world. */
export async function check(options: CheckOptions): Promise<Report> {
  if (options.consent !== true) throw new TypeError("a check needs the user's consent");
  return options.address.class === "public" ? checkPublic(options) : refuse(options);
}

interface Planned {
  readonly probe: string;
  readonly question: Question;
}

function planned(address: Address, probes: readonly Probe[]): readonly Planned[] {
  return probes.flatMap((probe) => probe.plan(address).map((question) => ({ probe: probe.id, question })));
}

function refuse(options: CheckOptions): Report {
  const { address, resolver, probes = usualProbes, now = realNow } = options;
  const answer = "Nothing was asked: the address is not public.";
  const silent: Judgement = { verdict: "not-checked", brief: undefined, answer, remedy: undefined, link: undefined };
  const rows = planned(address, probes).map((one) =>
    toRow(one, silent, { asked: [], answers: [], ms: 0, resolver: resolver.name }),
  );
  for (const row of rows) options.onRow(row);
  return { address, rows, verdict: notAsked(address), started: now().toISOString(), ended: "not-asked" };
}

async function checkPublic(options: CheckOptions): Promise<Report> {
  const { address, resolver, signal, probes = usualProbes, now = realNow } = options;
  const started = now().toISOString();
  const time = `${started.slice(0, 16)}Z`;
  const limited = limit(resolver, { ...usualLimits, ...options.limits }, signal);
  try {
    const done = await Promise.all(planned(address, probes).map((one) => answerOne(one, { options, limited, time })));
    const rows = done.map(({ row }) => row);
    const ended = limited.ended();
    const verdict = verdictSentence({
      rows: done.map(({ row, brief }) => ({ verdict: row.verdict, brief })),
      ended,
      time,
      offline: isOffline(rows),
      resolver: resolver.name,
      entry: options.entry,
    });
    return { address, rows, verdict, started, ended };
  } finally {
    limited.close();
  }
}

function realNow(): Date {
  return new Date();
}

// A pulled cable looks like refused connections or like silence, as the system pleases.
function isOffline(rows: readonly Row[]): boolean {
  const answers = rows.flatMap((row) => row.answers);
  const dead = new Set([silenceNames.unreachable, silenceNames.timeout]);
  return answers.length > 0 && answers.every((answer) => dead.has(answer));
}

interface Run {
  readonly options: CheckOptions;
  readonly limited: Limited;
  readonly time: string;
}

async function answerOne(
  one: Planned,
  { options, limited, time }: Run,
): Promise<{ row: Row; brief: string | undefined }> {
  const { address, resolver, memory = sharedMemory, now = realNow } = options;
  const record = startRecord(limited.ask);
  const start = performance.now();
  const judgement = await one.question.answer({
    address,
    family: address.family,
    ask: record.ask,
    resolver: resolver.name,
    memory,
    now,
    time,
  });
  const ms = Math.round(performance.now() - start);
  const row = toRow(one, judgement, { ...record.read(), ms, resolver: resolver.name });
  options.onRow(row);
  return { row, brief: judgement.brief };
}

type Record = Pick<Row, "asked" | "answers">;

// Keeps the books of one row: `answers[i]` is what came back for `asked[i]`.
function startRecord(ask: Ask): { readonly ask: Ask; read(): Record } {
  const lines: { readonly question: string; answer: string }[] = [];
  const recorded: Ask = async (name, type) => {
    const line = { question: `${name} ${type}`, answer: silenceNames.cancelled };
    lines.push(line);
    const answer = await ask(name, type);
    line.answer = answerText(answer);
    return answer;
  };
  return {
    ask: recorded,
    read: () => ({ asked: lines.map((line) => line.question), answers: lines.map((line) => line.answer) }),
  };
}

function answerText(answer: DnsAnswer): string {
  return answer.kind === "answer" ? answer.records.slice(0, 20).map(shown).join(", ") : silenceNames[answer.kind];
}

function toRow(
  { probe, question }: Planned,
  judgement: Judgement,
  facts: Omit<Row, "id" | "probe" | "question" | "answer" | "verdict" | "remedy" | "link">,
): Row {
  const { verdict, answer, remedy, link } = judgement;
  return { id: question.id, probe, question: question.question, ...facts, answer, verdict, remedy, link };
}
