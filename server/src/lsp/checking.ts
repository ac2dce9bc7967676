// Plans and runs the check of an address for whoever asks: the panel, or an editor without it.
import type { CancellationToken } from "vscode-languageserver";
import { readAddress } from "../check/address.ts";
import { planCheck, check as runCheck } from "../check/check.ts";
import type { Resolver } from "../check/resolver.ts";
import type { CheckPlan, Finding, Report } from "../model.ts";
import { type CheckParams, type CheckRefusal, methods, type RowParams } from "../protocol.ts";
import type { Context } from "./feature.ts";

/** The sending address that a line names, in canonical form. */
export function sendingAddress({ delivery }: Finding): string | undefined {
  return delivery.sourceIp === undefined ? undefined : readAddress(delivery.sourceIp)?.text;
}

/** What a check of `text` would ask; nothing is asked yet. */
export function plan(context: Context, text: string): CheckPlan | CheckRefusal {
  const address = readAddress(String(text).trim());
  if (address === undefined) return { refused: "This is no IP address. Type one such as 192.0.2.1 or 2001:db8::1." };
  const resolver = resolverOf(context);
  return "refused" in resolver ? resolver : planCheck(address, resolver.resolver);
}

/** Asks what the plan named, when the user has agreed to it. */
export async function run(
  context: Context,
  params: CheckParams,
  token: CancellationToken,
): Promise<Report | CheckRefusal> {
  const address = readAddress(params.ip);
  if (address === undefined || params.consent !== true)
    return { refused: "Nothing was asked: no address, or no consent." };
  const resolver = resolverOf(context);
  if ("refused" in resolver) return resolver;
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return runCheck({
    address,
    resolver: resolver.resolver,
    consent: true,
    entry: params.entry,
    signal: abort.signal,
    onRow: (row) => context.connection.sendNotification(methods.row, { id: params.id, row } satisfies RowParams),
  });
}

function resolverOf({ host, session }: Context): { resolver: Resolver } | CheckRefusal {
  try {
    return { resolver: host.createResolver(session.settings.resolvers) };
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    return { refused: `${why} Mend the setting smtpLogLens.check.resolver, or empty it to use the system's resolver.` };
  }
}
