// The words at the top of a check: how far it is, and when it is done the verdict, the next step, and the two times.
import type { Report } from "../../../../server/src/protocol.ts";
import { type Carried, type CheckState, mayAsk, type Run, rowsOfRun } from "./checkState.ts";
import { type Child, dotted, el, sign } from "./dom.ts";
import { linkedText, type Send } from "./link.ts";
import { nextLinks, verdictLinks } from "./links.ts";
import { readableTime, visible } from "./text.ts";
import { capital, conclusions, counted, isAnswered, isBad, nextTurn, type Toned } from "./words.ts";

/** What is said, and in which tone; no parts: nothing is said. */
export interface Said {
  readonly tone: Toned["tone"];
  readonly parts: readonly Child[];
}

/** What to say of the check. */
export function saidOf(check: CheckState, send: Send): Said {
  switch (check.state) {
    case "idle":
      return { tone: "neutral", parts: [] };
    case "planning":
      return sentence("neutral", "Looking up what would be asked …");
    case "refused":
      return sentence("warning", check.reason);
    case "failed":
      return sentence("error", `What would be asked is not known: ${check.why} Try again.`);
    case "planned":
      return planned(check);
    case "running":
      return sentence("neutral", `Asking about ${subjectName(check)}. Answers appear as they come.`);
    case "ended":
      return check.runs.length === 1 ? ended(check, check.runs[0], send) : severalEnded(check);
  }
}

function sentence(tone: Said["tone"], text: string): Said {
  return { tone, parts: [el("p", { class: "lead" }, [sign(tone), el("span", {}, [visible(text)])])] };
}

function subjectName({ answer: { plans } }: Pick<Carried, "answer">): string {
  const [first] = plans;
  return plans.length === 1 && first !== undefined
    ? first.subject.address.text
    : counted(plans.length, "address", "addresses");
}

function planned({ answer, consent }: Extract<CheckState, { state: "planned" }>): Said {
  const asking = answer.plans.filter(mayAsk);
  const count = asking.reduce((sum, { questions }) => sum + questions.length, 0);
  if (count > 0) {
    const so = consent.go === "no" ? "if you allowed it. Nothing is asked." : "Nothing has been asked yet.";
    return sentence("info", `${counted(count, "question")} would be asked${consent.go === "no" ? " " : ". "}${so}`);
  }
  const [first] = answer.plans;
  const alone = answer.plans.length === 1 ? first?.subject.address : undefined;
  if (alone === undefined) return sentence("info", "None of these addresses is public, so there is nothing to ask.");
  const said = sentence("info", alone.explanation ?? "There is nothing to ask about this address.");
  return { ...said, parts: [...said.parts, otherAddress(alone.class)] };
}

/** What to do instead of asking about an address that is not public. */
function otherAddress(kind: string): Child {
  if (kind === "public") return undefined;
  const why = kind === "documentation" ? "The sample log uses documentation addresses. " : "";
  return el("p", {}, [`${why}To see a check, type the public address that your server’s mail leaves from.`]);
}

function ended(check: Carried, run: Run | undefined, send: Send): Said {
  if (run === undefined) return { tone: "neutral", parts: [] };
  const { report } = run;
  if (report === undefined) return sentence(run.state === "failed" ? "error" : "warning", withoutReport(check, run));
  const { word, tone } = headline(check, run, report);
  return {
    tone,
    parts: [
      word === undefined ? undefined : el("p", { class: "conclusion" }, [sign(tone), el("strong", {}, [word])]),
      el("p", {}, linkedText(report.verdict, verdictLinks(report), send)),
      nextPart(report, send),
      timesPart(report, answeredText(check, run)),
    ],
  };
}

function withoutReport(check: Carried, run: Run): string {
  if (run.state === "stopped") return `Cancelled. ${answeredText(check, run)}; what was answered stays below.`;
  return `The check did not finish: ${run.why ?? "no reason was given."} Press “Show what would be asked” to begin again.`;
}

/** The conclusion in words; without a refusal there is none to draw. */
function headline(check: Carried, run: Run, report: Report): { word: string | undefined; tone: Said["tone"] } {
  if (run.state === "stopped") return { word: `Cancelled: ${answeredText(check, run)}`, tone: "warning" };
  if (report.ended === "offline") return { word: "No DNS server answered", tone: "unknown" };
  if (report.conclusion !== undefined) return conclusions[report.conclusion];
  return { word: undefined, tone: report.rows.some(isBad) ? "warning" : "info" };
}

function nextPart(report: Report, send: Send): HTMLElement | undefined {
  if (report.next === undefined) return undefined;
  const whose = nextTurn(report);
  return el("p", { class: "next" }, [
    whose === undefined ? undefined : el("strong", {}, [`${visible(whose)}: `]),
    ...linkedText(report.next.text, nextLinks(report), send),
  ]);
}

/** Both times, always: what counted was the state at the time of the line. */
function timesPart(report: Report, answered: string): HTMLElement {
  const { subject, started, rows } = report;
  const time = subject.refusal?.time;
  const resolver = rows[0]?.resolver;
  const facts = [
    time === undefined ? undefined : `Refused ${readableTime(time)}`,
    `checked ${readableTime(started).replace(/Z$/, "UTC")}`,
    resolver === undefined ? undefined : `through ${visible(resolver)}`,
    rows.length === 0 || report.ended === "offline" ? undefined : answered,
  ].filter((fact) => fact !== undefined);
  return el("p", { class: "meta times" }, dotted(facts.map((fact, index) => (index === 0 ? capital(fact) : fact))));
}

/** "3 of 9 answered". */
export function answeredText({ answer, runs }: Carried, run: Run): string {
  const total = answer.plans[runs.indexOf(run)]?.questions.length ?? 0;
  return `${rowsOfRun(run).filter(isAnswered).length} of ${total} answered`;
}

function severalEnded({ runs }: Carried): Said {
  const reports = runs.map(({ report }) => report).filter((report) => report !== undefined);
  const counts = Object.entries(conclusions).map(([conclusion, { word }]) => {
    const count = reports.filter((report) => report.conclusion === conclusion).length;
    return count === 0 ? undefined : `${count} ${word.charAt(0).toLowerCase()}${word.slice(1)}`;
  });
  const bad = reports.filter(({ rows }) => rows.some(isBad)).length;
  const told = counts.filter((count) => count !== undefined);
  const facts = told.length > 0 ? told : [`${bad} with something listed or not in order`];
  const done = runs.filter(({ state }) => state === "done").length;
  const cancelled = runs.some(({ state }) => state === "stopped") ? "Cancelled. " : "";
  const text = `${cancelled}${done} of ${counted(runs.length, "address", "addresses")} checked: ${facts.join(", ")}.`;
  const tone = cancelled !== "" ? "warning" : bad > 0 ? "warning" : "info";
  return sentence(tone, done === 0 ? `${cancelled}No address was checked.` : text);
}
