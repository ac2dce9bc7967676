// What the rows of mail authentication share: the domains they ask for, and their words where nothing can be evaluated.
import type { Mail } from "../model.ts";
import { hostName, isPublicName } from "./names.ts";
import type { Judgement } from "./probe.ts";

/** The name of the public DNS that a text is, in A-labels and small letters; undefined when it is none. */
export function publicDomain(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 254) return undefined;
  const name = hostName(inLetters(trimmed));
  return name !== undefined && isPublicName(name) ? name : undefined;
}

// RFC 5890 2.3.2: what stands in the DNS for a name with other letters than ASCII.
function inLetters(text: string): string {
  const plain = [...text].every((letter) => letter <= "\x7f");
  if (plain || /[\s/?#@:\\%[\]]/.test(text)) return text;
  return URL.canParse(`http://${text}/`) ? new URL(`http://${text}/`).hostname : text;
}

/** The domain of an envelope sender; undefined for the null sender and for what the public DNS does not hold. */
export function envelopeDomain({ sender }: Mail): string | undefined {
  return sender === undefined ? undefined : publicDomain(sender.slice(sender.lastIndexOf("@") + 1));
}

/** The envelope sender with its domain as the DNS has it; "" for the null sender; undefined when there is none to ask about. */
export function envelopeSender(mail: Mail): string | undefined {
  const { sender } = mail;
  const domain = envelopeDomain(mail);
  if (sender === "" || domain === undefined || sender === undefined) return sender === "" ? "" : undefined;
  // RFC 7208 4.3: what stands for a local part that is not there.
  return `${sender.slice(0, Math.max(sender.lastIndexOf("@"), 0)) || "postmaster"}@${domain}`;
}

/** The name in HELO; undefined for an address, a bare word, and what the public DNS does not hold. */
export function heloDomain({ helo }: Mail): string | undefined {
  return helo === undefined ? undefined : publicDomain(helo);
}

/** The domain that DMARC is about; `assumed` when the From header is not known and the envelope stands for it. */
export function authorDomain(mail: Mail): { readonly domain: string; readonly assumed: boolean } | undefined {
  const { headerFrom } = mail;
  const named = headerFrom === undefined ? undefined : publicDomain(headerFrom.slice(headerFrom.lastIndexOf("@") + 1));
  if (named !== undefined) return { domain: named, assumed: false };
  const domain = headerFrom === undefined ? envelopeDomain(mail) : undefined;
  return domain === undefined ? undefined : { domain, assumed: true };
}

/** The judgement where the evaluation cannot run. */
export function notEvaluated(what: string): Judgement {
  return {
    verdict: "not-checked",
    brief: `${what} not checked`,
    answer: `${what} is not checked here: the program that evaluates it could not be loaded in this place, such as a browser or an old version of Node.`,
    remedy: undefined,
    link: undefined,
  };
}
