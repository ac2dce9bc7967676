// Does the resolver tell the truth about a name that does not exist? One that invents addresses makes every list's answer worthless.
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";

/** The probe of the resolver itself. */
export const resolverHealthProbe: Probe = { id: "resolver", plan: () => [madeUpName] };

const madeUpName: Question = {
  id: "resolver",
  question: "Does the resolver tell the truth about a name that does not exist?",
  // RFC 2606 2: nobody can ever have a name under .invalid.
  what: "a made-up name that ends in .invalid and exists nowhere",
  whom: "the resolver",
  answer: askMadeUpName,
};

async function askMadeUpName({ ask, resolver }: ProbeContext): Promise<Judgement> {
  const name = `${randomLabel()}.invalid`;
  const answer = await ask(name, "A");
  if (answer.kind === "answer") return invented(name, answer.records, resolver);
  if (answer.kind !== "nxdomain" && answer.kind !== "nodata")
    return unanswered(answer.kind, {
      brief: undefined,
      so: "So it is not known whether the resolver invents addresses.",
    });
  return {
    verdict: "pass",
    brief: undefined,
    answer: `The resolver gave no address for a name that does not exist (${answer.kind.toUpperCase()}), as it should.`,
    remedy: undefined,
    link: undefined,
  };
}

function invented(name: string, records: readonly string[], resolver: string): Judgement {
  const text = records.slice(0, 5).map(shown).join(", ");
  return {
    verdict: "unknown",
    brief: "the resolver invents addresses for names that do not exist, so no list's answer through it can be trusted",
    answer: `The resolver ${shown(resolver)} gave the address ${text} for ${name}, a name that does not exist. It invents addresses, as some internet providers, hotels and filters do, so no list's answer through it can be trusted.`,
    remedy:
      "Ask through another resolver, best the one that your mail server uses: smtpLogLens.check.resolver in the editor, --resolver on the command line.",
    link: undefined,
    turn: "you",
  };
}

function randomLabel(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
