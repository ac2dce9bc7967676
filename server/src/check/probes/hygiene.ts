// Are the MTA-STS and TLS-RPT records of the sender's domain well formed? Asked only on request: they explain no refusal.
import type { Subject } from "../../model.ts";
import { authorDomain, envelopeDomain } from "../authentication.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import { readTags } from "../tags.ts";

/** The probe of the records about mail to the sender's domain. */
export const hygieneProbe: Probe = { id: "hygiene", plan };

interface Kind {
  readonly id: "mta-sts" | "tls-rpt";
  readonly name: string;
  readonly label: string;
  /** A record of this kind begins so; others at the name do not count. */
  readonly start: RegExp;
  /** What is wrong with the tags, a clause. */
  readonly fault: (tags: ReadonlyMap<string, string>) => string | undefined;
  readonly example: string;
}

const kinds: readonly Kind[] = [
  {
    id: "mta-sts",
    name: "MTA-STS",
    label: "_mta-sts",
    start: /^v=STSv1[ \t]*(?:;|$)/,
    // RFC 8461 3.1.
    fault: (tags) =>
      /^[a-z0-9]{1,32}$/i.test(tags.get("id") ?? "") ? undefined : "its id= is not 1 to 32 letters and digits",
    example: "v=STSv1; id=20260101T000000;",
  },
  {
    id: "tls-rpt",
    name: "TLS-RPT",
    label: "_smtp._tls",
    start: /^v=TLSRPTv1[ \t]*(?:;|$)/,
    // RFC 8460 3.
    fault: (tags) =>
      (tags.get("rua") ?? "").split(",").every((uri) => /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/i.test(uri.trim()))
        ? undefined
        : "its rua= is not a list of mailto: and https: addresses",
    example: "v=TLSRPTv1; rua=mailto:tls-reports@DOMAIN",
  },
];

function plan({ mail }: Subject): readonly Question[] {
  const domain = envelopeDomain(mail) ?? authorDomain(mail)?.domain;
  return domain === undefined ? [] : kinds.map((kind) => question(kind, domain));
}

function question(kind: Kind, domain: string): Question {
  return {
    id: kind.id,
    question: `Is the ${kind.name} record of ${domain} well formed?`,
    what: `the ${kind.name} record ${kind.label}.${domain}`,
    whom: `the name servers of ${domain}`,
    answer: (context) => judge(kind, domain, context),
  };
}

const reach = "It is about mail to that domain and explains no refusal of this address.";

async function judge(kind: Kind, domain: string, { ask }: ProbeContext): Promise<Judgement> {
  const name = `${kind.label}.${domain}`;
  const answer = await ask(name, "TXT");
  if (answer.kind !== "answer" && answer.kind !== "nxdomain" && answer.kind !== "nodata") {
    return unanswered(answer.kind, {
      brief: undefined,
      so: `So it is not known whether there is a ${kind.name} record.`,
    });
  }
  const records = (answer.kind === "answer" ? answer.records : []).filter((text) => kind.start.test(text));
  const [record] = records;
  if (record === undefined) return absent(kind, domain);
  const { tags, fault } = readTags(record);
  const why = records.length > 1 ? `${records.length} of them stand at one name` : (fault ?? kind.fault(tags));
  const details = records.slice(0, 5).map((text) => `${name}: ${shown(text)}`);
  return { ...(why === undefined ? sound(kind, domain) : malformed(kind, domain, why)), details };
}

function absent({ name }: Kind, domain: string): Judgement {
  return {
    verdict: "not-checked",
    brief: undefined,
    answer: `${domain} publishes no ${name} record. It need not. ${reach}`,
    remedy: undefined,
    link: undefined,
  };
}

function sound({ name }: Kind, domain: string): Judgement {
  return {
    verdict: "pass",
    brief: undefined,
    answer: `The ${name} record of ${domain} is well formed. ${reach}`,
    remedy: undefined,
    link: undefined,
  };
}

function malformed({ name, example }: Kind, domain: string, why: string): Judgement {
  return {
    verdict: "fail",
    brief: undefined,
    answer: `The ${name} record of ${domain} does not count: ${why}. ${reach}`,
    remedy: `Publish one record of the form "${example.replace("DOMAIN", domain)}".`,
    link: undefined,
    turn: "you",
  };
}
