// `smtp-log-lens request IP --log FILE… --provider cox`: drafts a letter to the provider from what logs show, or says why none helps.
import { parseArgs } from "node:util";
import { findCode, type Known } from "../../catalogue/data.ts";
import { providerName, tenures } from "../../catalogue/provider.ts";
import { readAddress } from "../../check/address.ts";
import type { Measurement } from "../../measurement.ts";
import type { Address, Finding } from "../../model.ts";
import type { Draft, RequestRefusal } from "../../protocol.ts";
import { throttlesFor } from "../../remedy.ts";
import { answererOf, type Gathering, gather, requestFor } from "../../request.ts";
import { safeJson } from "../../tell/json.ts";
import { pageId } from "../../tell/pages.ts";
import { counted, entryLabel } from "../../tell/words.ts";
import { codeNamed, providerNamed } from "../checkCode.ts";
import { fileFault } from "../fileFault.ts";
import { readFindings } from "../logFindings.ts";
import { measureLogs } from "../logMeasurements.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = {
  log: { type: "string", multiple: true },
  provider: { type: "string" },
  code: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

interface Wishes {
  readonly address: Address;
  readonly files: readonly string[];
  readonly provider: { readonly id: string; readonly name: string };
  readonly known: Known | undefined;
  readonly json: boolean;
}

/** What the logs hold of one provider: its codes, and refusals of recipients that another provider answers for by now. */
interface Gathered {
  readonly pages: Map<string, Gathering>;
  readonly elsewhere: Set<string>;
}

/** Masks make pages of their own, and a log may hold any. */
const mostPages = 200;

/** Prints the letter (exit code 0), or why none helps (3). A log that cannot be read ends it: half the evidence misleads. */
export async function request(args: string[]): Promise<number> {
  const wishes = readWishes(args);
  const gathered = await gatherAll(wishes);
  const { measurements } = await measureLogs(wishes.files);
  const answer = answerOf(wishes, gathered, measurements);
  process.stdout.write(wishes.json ? `${safeJson(answer)}\n` : "text" in answer ? answer.text : `${answer.refused}\n`);
  return "refused" in answer ? exitCodes.unknown : exitCodes.done;
}

function readWishes(args: string[]): Wishes {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const addresses = positionals.map(readAddress).filter((address) => address !== undefined);
  const [address, ...more] = addresses;
  // A shell's "mail.log*" gives files behind the first one of --log.
  const files = [...(values.log ?? []), ...positionals.filter((text) => readAddress(text) === undefined)];
  if (address === undefined || more.length > 0)
    throw new UsageError("Name one sending IP: smtp-log-lens request IP --log FILE --provider ID");
  if (values.log === undefined) throw new UsageError("Name the log that holds the refusals: --log FILE");
  if (values.provider === undefined) throw new UsageError("Name the provider that refuses: --provider cox");
  const provider = providerNamed(values.provider);
  const known = values.code === undefined ? undefined : codeOf(provider.id, values.code);
  return { address, files, provider, known, json: values.json };
}

/** A code of the provider, or one of the standard that it uses. */
function codeOf(provider: string, code: string): Known {
  const found = findCode(code);
  const owned = (owner: string) => found.find(({ entry }) => entry.provider === owner);
  return owned(provider) ?? owned("standard") ?? codeNamed({ provider, code });
}

async function gatherAll(wishes: Wishes): Promise<Gathered> {
  const gathered: Gathered = { pages: new Map(), elsewhere: new Set() };
  if (wishes.known !== undefined) pageOf(gathered, wishes.known, wishes.address);
  for (const file of wishes.files) {
    try {
      const { fault } = await readFindings(file, async (findings) => {
        for (const finding of findings) take(gathered, finding, wishes);
      });
      if (fault !== undefined) throw fault;
    } catch (problem) {
      throw new Error(fileFault(problem, file));
    }
  }
  return gathered;
}

function take(gathered: Gathered, finding: Finding, { provider, known, address }: Wishes): void {
  const id = answererOf(finding);
  if (id === provider.id || finding.entry.provider === provider.id) {
    const page = known === undefined ? pageOf(gathered, finding, address) : pageOf(gathered, known, address);
    page?.add(finding);
  } else if (
    id !== undefined &&
    tenures(finding.delivery.recipient).some((tenure) => tenure.provider === provider.id)
  ) {
    gathered.elsewhere.add(id);
  }
}

function pageOf({ pages }: Gathered, known: Known, address: Address): Gathering | undefined {
  const id = pageId(known.entry, known.decoded);
  const page = pages.get(id) ?? (pages.size < mostPages ? gather(known, address) : undefined);
  if (page !== undefined) pages.set(id, page);
  return page;
}

function answerOf(wishes: Wishes, gathered: Gathered, measurements: readonly Measurement[]): Draft | RequestRefusal {
  const pages = [...gathered.pages.values()].filter((page) => wishes.known !== undefined || countOf(page) > 0);
  const ordered = pages.sort((a, b) => countOf(b) - countOf(a));
  const throttles = throttlesFor(measurements);
  const answers = ordered.map((page) => requestFor(page, { reports: [], measurements, throttles, now: new Date() }));
  const at = Math.max(
    0,
    answers.findIndex((answer) => "text" in answer),
  );
  const answer = answers[at];
  if (answer === undefined) return { refused: nothing(wishes, gathered) };
  tellOthers(ordered.filter((_, other) => other !== at));
  return answer;
}

function countOf({ tallies }: Gathering): number {
  return [...tallies.values()].reduce((sum, tally) => sum + tally.count(), 0);
}

/** On the other output: the letter stays a letter. */
function tellOthers(others: readonly Gathering[]): void {
  if (others.length === 0) return;
  const names = others.slice(0, 10).map((page) => {
    const { entry, decoded } = page.known;
    return `${entryLabel(entry, decoded?.bits)} (${counted(countOf(page), "refusal")})`;
  });
  process.stderr.write(`The logs also hold ${names.join(", ")}. Name one by --code to ask about it.\n`);
}

function nothing({ provider, address }: Wishes, { elsewhere, pages }: Gathered): string {
  const [id] = elsewhere;
  if (id !== undefined)
    return `${provider.name} cannot help: ${providerName(id)} answered for these recipients, who were ${provider.name}'s before. Ask with --provider ${id}.`;
  const others = [...new Set([...pages.values()].flatMap((page) => [...page.others]))];
  const shown = others.length === 0 ? "" : ` They show those of ${others.slice(0, 5).join(", ")}.`;
  return `A letter needs the refusals themselves, and these logs hold none by ${provider.name} of ${address.text}.${shown}`;
}
