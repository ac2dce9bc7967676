// Plans checks and carries out what was agreed to, for whoever asks: the panel, or an editor without it.
import type { CancellationToken } from "vscode-languageserver";
import { entryById } from "../catalogue/data.ts";
import { operatorOf } from "../catalogue/provider.ts";
import { readAddress } from "../check/address.ts";
import { type DnsMemory, remembering } from "../check/cache.ts";
import { type CheckOptions, check as runCheck } from "../check/check.ts";
import { type PlannedCheck, planSubject } from "../check/plan.ts";
import type { Resolver } from "../check/resolver.ts";
import { inquire, type Start } from "../inquire.ts";
import type { Finding, Report } from "../model.ts";
import {
  type CheckParams,
  type CheckRefusal,
  methods,
  type PlanAnswer,
  type PlanParams,
  type RowParams,
} from "../protocol.ts";
import type { Context } from "./feature.ts";
import type { Session } from "./session.ts";

/** The sending address that a line names, in canonical form. */
export function sendingAddress({ delivery }: Finding): string | undefined {
  return delivery.sourceIp === undefined ? undefined : readAddress(delivery.sourceIp)?.text;
}

interface Agreement {
  /** Just these are asked when the user agrees. */
  readonly all: readonly PlannedCheck[];
  readonly secrets: readonly string[];
}

const mostPlans = 20;
const mostAddresses = 50;

/** Answers to earlier checks of this process, for as long as they may be believed. */
const answers: DnsMemory = new Map();

/** The plans that were shown and may be agreed to; the oldest are forgotten. */
const plans = new Map<string, Agreement>();

/** What a check would ask; nothing is asked yet. Waits for the settings: they name the resolver. */
export async function plan(context: Context, params: PlanParams): Promise<PlanAnswer | CheckRefusal> {
  await context.session.settled;
  if (params.ips.length > mostAddresses)
    return { refused: `These are ${params.ips.length} addresses: check at most ${mostAddresses} at once.` };
  const ips = params.ips.map((text) => text.trim());
  const addresses = ips.map(readAddress).filter((address) => address !== undefined);
  if (addresses.length === 0 || addresses.length < ips.length)
    return { refused: "This is no IP address. Type one such as 192.0.2.1 or 2001:db8::1." };
  const resolver = resolverOf(context);
  if ("refused" in resolver) return resolver;
  const start = startOf(context.session, params.origin);
  const subjects = addresses.map((address) => inquire(address, start, params.typed));
  const wishes = { choices: context.session.settings.lists, keys: params.keys, extras: params.extras };
  const all = subjects.map((subject) => planSubject(subject, wishes, resolver.resolver));
  const id = crypto.randomUUID();
  plans.set(id, { all, secrets: Object.values(params.keys) });
  for (const old of [...plans.keys()].slice(0, -mostPlans)) plans.delete(old);
  return { id, plans: all.map((one) => one.plan) };
}

function startOf(session: Session, origin: PlanParams["origin"]): Start | undefined {
  const known = origin === undefined ? undefined : entryById(origin.page);
  if (known === undefined) return undefined;
  const log = origin?.log === undefined ? undefined : session.log(origin.log);
  if (log?.analysis === undefined) return { ...known, log: undefined };
  const { findings } = log.analysis;
  return { ...known, log: { text: log.document.getText(), findings, line: origin?.line } };
}

/** Asks what the plan named, when the user has agreed to it. */
export async function run(
  { connection, host, health, session }: Context,
  params: CheckParams,
  token: CancellationToken,
): Promise<Report | CheckRefusal> {
  const agreement = plans.get(params.plan);
  const agreed = agreement?.all[params.index];
  if (agreement === undefined || agreed === undefined || params.consent !== true)
    return { refused: "Nothing was asked: there is no consent to a plan that is still known. Show the plan again." };
  const resolver = resolverOf({ host, session });
  if ("refused" in resolver) return resolver;
  if (resolver.resolver.name !== agreed.plan.resolver)
    return {
      refused: "Nothing was asked: another DNS resolver is in use since. Show the plan again, and agree to it.",
    };
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const options: Omit<CheckOptions, "memory"> = {
    subject: agreed.plan.subject,
    probes: agreed.probes,
    resolver: remembering(resolver.resolver, answers, () => new Date(), { fresh: params.fresh }),
    secrets: agreement.secrets,
    consent: true,
    mailAuth: host.mailAuth,
    operatorOf,
    limits: session.settings.limits,
    signal: abort.signal,
    onRow: (row) => connection.sendNotification(methods.row, { id: params.id, row } satisfies RowParams),
  };
  return health.lend((memory) => runCheck({ ...options, memory }));
}

function resolverOf({ host, session }: Pick<Context, "host" | "session">): { resolver: Resolver } | CheckRefusal {
  try {
    return { resolver: host.createResolver(session.settings.resolving, session.settings.limits.questionMs) };
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    return {
      refused: `${why} Mend the settings under smtpLogLens.check, or empty them to use the system's resolver.`,
    };
  }
}
