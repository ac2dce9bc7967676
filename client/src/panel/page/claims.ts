// Draws what the sources say: one card a topic, side by side, so that a disagreement is seen and not smoothed over.
import type { JudgedClaim } from "../../../../server/src/measurement.ts";
import { type ClaimGroup, type ExplanationPage, gradeNames, type Judgement } from "../../../../server/src/protocol.ts";
import { el, section, sign } from "./dom.ts";
import { type Bench, isSupported, judgementLine } from "./judgement.ts";
import { link, type Send } from "./link.ts";

/** The claims by topic; undefined when no source says anything. */
export function claimsSection({ claims, disputed, log }: ExplanationPage, send: Send): HTMLElement | undefined {
  if (claims.length === 0) return undefined;
  return section("claims", "What the sources say", [
    disputed ? dispute() : undefined,
    el(
      "div",
      { class: "cards" },
      claims.map((group) => card(group, { log: log?.uri, send })),
    ),
  ]);
}

function dispute(): HTMLElement {
  return el("p", { class: "notice warning" }, [
    sign("warning"),
    el("span", {}, [
      el("strong", {}, ["The sources disagree. "]),
      "Each statement below says who made it, when, and how far it can be trusted. None was left out.",
    ]),
  ]);
}

function card({ heading, claims, evidence }: ClaimGroup, bench: Bench): HTMLElement {
  const stands = isSupported(claims.map(({ judgement }) => judgement));
  return el("article", { class: stands ? "card stands" : "card" }, [
    el("h3", {}, [heading]),
    el(
      "ul",
      {},
      claims.map((claim, index) => statement(claim, toldBefore(claims, index), bench)),
    ),
    evidence === undefined ? undefined : el("p", { class: "evidence" }, [el("strong", {}, ["This log: "]), evidence]),
  ]);
}

/** True when a claim above it in the group was judged by the same words: they are read once. */
function toldBefore(claims: readonly JudgedClaim[], index: number): boolean {
  const same = (a: Judgement | undefined, b: Judgement | undefined) =>
    a?.verdict === b?.verdict && a?.words === b?.words && a?.line === b?.line;
  return claims.slice(0, index).some(({ judgement }) => same(judgement, claims[index]?.judgement));
}

function statement({ says, grade, source, judgement }: JudgedClaim, told: boolean, bench: Bench): HTMLElement {
  return el("li", { class: "statement" }, [
    el("p", { class: "says" }, [says]),
    el("p", { class: "meta" }, [
      el("span", { class: `badge ${grade}` }, [gradeNames[grade]]),
      link(bench.send, source.name, source.url),
      el("span", {}, [source.date ?? "no date"]),
      source.via === undefined ? undefined : el("span", {}, [`via ${source.via}`]),
    ]),
    judgement === undefined ? undefined : judgementLine(judgement, told, bench),
  ]);
}
