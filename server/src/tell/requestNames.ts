// Who is meant in a letter and in the words about it: the provider that answered, or the one whose code it is.
import type { Entry } from "../model.ts";
import type { RequestCase } from "./requestCase.ts";

/** True for a code that is nobody's own: of the standard, of a mail server, of a common wording, of a row of the user's. */
export function isGeneral({ provider }: Entry): boolean {
  return ["standard", "server", "wording", "yours"].includes(provider);
}

/** The provider for a person: "Cox", or "the provider" when nobody knows it. */
export function providerOf({ entry, answerer }: Pick<RequestCase, "entry" | "answerer">): string {
  if (answerer?.own) return answerer.name;
  return isGeneral(entry) ? "the provider" : entry.providerName;
}
