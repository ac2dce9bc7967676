// Draws what the sources say: one card a topic, side by side, so that a disagreement is seen and not smoothed over.

import type { Claim } from "../../../../server/src/model.ts";
import { type ClaimGroup, type ExplanationPage, gradeNames } from "../../../../server/src/protocol.ts";
import { el, section, sign } from "./dom.ts";
import { link, type Send } from "./link.ts";

/** The claims by topic; undefined when no source says anything. */
export function claimsSection({ claims, disputed }: ExplanationPage, send: Send): HTMLElement | undefined {
  if (claims.length === 0) return undefined;
  return section("claims", "What the sources say", [
    disputed ? dispute() : undefined,
    el(
      "div",
      { class: "cards" },
      claims.map((group) => card(group, send)),
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

function card({ heading, claims, evidence }: ClaimGroup, send: Send): HTMLElement {
  return el("article", { class: "card" }, [
    el("h3", {}, [heading]),
    el(
      "ul",
      {},
      claims.map((claim) => statement(claim, send)),
    ),
    evidence === undefined ? undefined : el("p", { class: "evidence" }, [el("strong", {}, ["This log: "]), evidence]),
  ]);
}

function statement({ says, grade, source }: Claim, send: Send): HTMLElement {
  return el("li", { class: "statement" }, [
    el("p", { class: "says" }, [says]),
    el("p", { class: "meta" }, [
      el("span", { class: `badge ${grade}` }, [gradeNames[grade]]),
      link(send, source.name, source.url),
      el("span", {}, [source.date ?? "no date"]),
      source.via === undefined ? undefined : el("span", {}, [`via ${source.via}`]),
    ]),
  ]);
}
