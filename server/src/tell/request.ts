// Drafts the request to a provider from what a log and checks show, or says why none helps.
import type { Contact } from "../model.ts";
import type { Draft, RequestRefusal } from "../protocol.ts";
import type { RequestCase } from "./requestCase.ts";
import { letterOf, shortLetter, subjectOf } from "./requestLetter.ts";
import { mailtoOf } from "./requestMailto.ts";
import { reasonAgainst, seenOn, usableContacts } from "./requestRefusal.ts";

/** A letter to finish by hand, or why none helps and what does. What strangers wrote in it is visible, bounded and in its place. */
export function draft(request: RequestCase): Draft | RequestRefusal {
  const reason = reasonAgainst(request);
  if (reason !== undefined) return { refused: reason.why };
  const to = usableContacts(request).map(recipientOf);
  const [subject, body] = [subjectOf(request), letterOf(request)];
  const mail = to.find(({ kind }) => kind === "mail");
  return {
    ...{ to, subject, body },
    text: textOf({ to, subject, body }),
    mailto: mail === undefined ? undefined : mailtoOf(mail.value, subject, bodies(request, body)),
  };
}

/** Why no letter helps whatever a check may show; undefined when one can be drafted, now or after a check. */
export function noRequest(request: RequestCase): string | undefined {
  const reason = reasonAgainst(request);
  return reason?.final ? reason.why : undefined;
}

function recipientOf({ value, kind, source }: Contact): Draft["to"][number] {
  return { value, kind, source: source.name, seen: seenOn(source) };
}

/** The letter itself where it fits, else shorter and shorter ones. */
function* bodies(request: RequestCase, body: string): Iterable<string> {
  yield body;
  for (const most of [600, 400, 250, 120, 0]) yield shortLetter(request, most);
}

/** The letter as a document: where it can go, its subject, its text. */
function textOf({ to, subject, body }: Pick<Draft, "to" | "subject" | "body">): string {
  const [first] = to;
  const places = to.map(
    ({ value, kind, source, seen }) => `  ${value}${kind === "web" ? " (a page)" : ""}, seen ${seen}: ${source}`,
  );
  const where = ["[Where it can go, the best first; delete this:", ...places].join("\n");
  return `To: ${first?.value}\nSubject: ${subject}\n\n${where}]\n\n${body}\n`;
}
