// Chooses the resolver that the settings name: DNS over HTTPS when there is an endpoint, else plain DNS.
import type { Resolver } from "../check/resolver.ts";
import type { Resolving } from "../lsp/settings.ts";
import { createDohResolver } from "./doh.ts";
import { createResolver } from "./resolver.ts";

/** The resolver of these settings; `timeoutMs` for one question, 2,500 unless told. Throws a TypeError with a sentence for the user when one of them is no server. */
export function resolverFor({ servers, endpoint }: Resolving, timeoutMs?: number): Resolver {
  if (endpoint !== undefined) return createDohResolver({ endpoint, timeoutMs });
  return createResolver({ servers: servers.length > 0 ? servers : undefined, timeoutMs });
}
