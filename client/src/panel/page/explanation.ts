// Draws an explanation page: title, verdict, meaning, claims, measurement, steps, setting, contacts, this log, sources.
import type { ExplanationPage } from "../../../../server/src/protocol.ts";
import { claimsSection } from "./claims.ts";
import { decodedSection } from "./decoded.ts";
import { type Child, el, section, sign } from "./dom.ts";
import type { Drawing } from "./drawing.ts";
import { logSection } from "./inLog.ts";
import { link, type Send } from "./link.ts";
import { measuredSection } from "./measured.ts";
import { requestSection } from "./request.ts";
import { settingsSection } from "./settings.ts";
import { practiceSection, stepsSection } from "./steps.ts";

/** All children of the page's main landmark. */
export function explanation(drawing: Drawing): Child[] {
  const { page, send } = drawing;
  const sections = [
    section("meaning", "What it means", page.meaning.map(paragraph)),
    claimsSection(page, send),
    measuredSection(drawing),
    stepsSection(page, send),
    settingsSection(page, send),
    decodedSection(page.decoded, send),
    requestSection(page, send),
    practiceSection(page, send),
    notesSection(page.notes),
    logSection(drawing),
    drawing.check,
    sourcesSection(page, send),
  ].filter((part) => part !== undefined);
  return [header(page), contents(sections), ...sections];
}

function header(page: ExplanationPage): HTMLElement {
  return el("header", {}, [
    el("p", { class: "provider" }, [page.provider]),
    el("h1", {}, [el("span", { class: "code" }, [page.code]), el("span", { class: "title" }, [page.title])]),
    el(
      "dl",
      { class: "verdict" },
      page.verdict.map(({ label, value, tone }) =>
        el("div", { class: tone }, [el("dt", {}, [label]), el("dd", {}, [sign(tone), el("span", {}, [value])])]),
      ),
    ),
  ]);
}

const shortNames: Record<string, string> = {
  claims: "What sources say",
  measured: "Measured",
  settings: "Setting",
  decoded: "Decoded",
  contacts: "Contacts",
  notes: "Notes",
  check: "Check the IP",
};

/** Jumps to the parts behind the first: the page is long, the steps are what most readers want. */
function contents(sections: readonly HTMLElement[]): HTMLElement {
  const jumps = sections.slice(1).map((part) => {
    const heading = part.querySelector("h2");
    const anchor = el("a", { href: `#${part.id}` }, [shortNames[part.id] ?? heading?.textContent ?? ""]);
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      part.scrollIntoView({ block: "start" });
      heading?.focus({ preventScroll: true });
    });
    return el("li", {}, [anchor]);
  });
  return el("nav", { "aria-label": "On this page" }, [el("ul", {}, jumps)]);
}

function paragraph(text: string): HTMLElement {
  return el("p", {}, [text]);
}

function notesSection(notes: readonly string[]): HTMLElement | undefined {
  if (notes.length === 0) return undefined;
  const items = notes.map((note) => el("li", {}, [note]));
  return section("notes", "Good to know", [el("ul", { class: "prose" }, items)]);
}

function sourcesSection({ sources }: ExplanationPage, send: Send): HTMLElement | undefined {
  if (sources.length === 0) return undefined;
  const items = sources.map(({ name, url, date, checked }) => {
    const when = `${date === undefined ? "no date" : date}, looked at on ${checked}`;
    return el("li", {}, [link(send, name, url), el("span", { class: "meta" }, [` ${when}`])]);
  });
  return section("sources", "Sources", [el("ul", { class: "sources" }, items)]);
}
