// Draws the setting to change: the server to choose, its files as differences with a reason for each line, what it costs.
import type { ExplanationPage, Setting, SettingLine } from "../../../../server/src/protocol.ts";
import { button, type Child, el, section, sign } from "./dom.ts";
import { link, type Send } from "./link.ts";
import { addedText, lineText } from "./settingText.ts";
import { visible } from "./text.ts";

/** The change for one server at a time; undefined when no setting helps. */
export function settingsSection({ settings, log }: ExplanationPage, send: Send): HTMLElement | undefined {
  const [first] = settings;
  if (first === undefined) return undefined;
  const shown = el("div", {}, settingParts(first, send));
  const choose = (server: string): void => {
    const setting = settings.find((one) => one.server === server);
    if (setting !== undefined)
      shown.replaceChildren(...settingParts(setting, send).filter((part) => part !== undefined));
  };
  return section("settings", "The setting to change", [
    el("p", {}, ["Nothing is applied for you: read it, copy it, and change your server by hand."]),
    settings.length === 1 ? el("h3", {}, [visible(first.serverName)]) : choice(settings, log !== undefined, choose),
    shown,
  ]);
}

function choice(settings: readonly Setting[], own: boolean, choose: (server: string) => void): HTMLElement {
  const options = settings.map(({ server, serverName }, index) =>
    el("option", { value: server }, [visible(serverName), own && index === 0 ? ", which wrote this log" : ""]),
  );
  const select = el("select", { id: "setting-server", "data-key": "setting-server" }, options);
  select.addEventListener("change", () => choose(select.value));
  return el("div", { class: "choice" }, [el("label", { for: "setting-server" }, ["Mail server"]), select]);
}

function settingParts(setting: Setting, send: Send): Child[] {
  const { files, commands, cost, notes, sources } = setting;
  return [
    ...files.map((file, index) => fileDiff(file, `${setting.server}-${index}`, send)),
    commands.length === 0 ? undefined : commandPart(commands),
    el("p", { class: "notice info" }, [
      sign("info"),
      el("span", {}, [el("strong", {}, ["What it costs: "]), visible(cost)]),
    ]),
    notes.length === 0 ? undefined : el("ul", { class: "prose" }, notes.map(noteItem)),
    sources.length === 0 ? undefined : el("p", { class: "meta" }, sourceParts(setting, send)),
  ];
}

function noteItem(note: string): HTMLElement {
  return el("li", {}, [visible(note)]);
}

function sourceParts({ sources }: Setting, send: Send): Child[] {
  return ["From ", ...sources.map(({ name, url }) => el("span", {}, [link(send, visible(name), url)]))];
}

function fileDiff(file: Setting["files"][number], key: string, send: Send): HTMLElement {
  const path = visible(file.path);
  const text = addedText(file);
  const said = el("span", { class: "meta", role: "status", "data-said": "setting" });
  const copy = button(
    "Copy",
    { class: "secondary", "data-key": `copy-${key}`, title: copyLabel(path), "aria-label": copyLabel(path) },
    () => {
      listenHere(said);
      send({ type: "copy-setting", text });
    },
  );
  return el("div", { class: "file" }, [
    el("div", { class: "file-head" }, [el("code", {}, [path]), said, text === "" ? undefined : copy]),
    el("ul", { class: "diff", "aria-label": `Changes of ${path}` }, file.lines.map(diffLine)),
  ]);
}

function copyLabel(path: string): string {
  return `Copy the lines to add to ${path}`;
}

/** Only the button that was pressed last says what became of it. */
function listenHere(said: HTMLElement): void {
  for (const other of document.querySelectorAll<HTMLElement>("[data-said=setting]")) {
    other.textContent = "";
    other.toggleAttribute("data-listens", other === said);
  }
}

const signs: Readonly<Record<SettingLine["kind"], { readonly glyph: string; readonly word: string }>> = {
  add: { glyph: "+", word: "Add: " },
  remove: { glyph: "−", word: "Remove: " },
  context: { glyph: " ", word: "" },
};

function diffLine(line: SettingLine): HTMLElement {
  const { glyph, word } = signs[line.kind];
  return el("li", { class: line.kind }, [
    el("span", { class: "glyph", "aria-hidden": "true" }, [glyph]),
    el("span", { class: "line" }, [word === "" ? undefined : el("span", { class: "unseen" }, [word]), lineText(line)]),
    line.why === undefined ? undefined : el("span", { class: "why" }, [visible(line.why)]),
  ]);
}

function commandPart(commands: readonly string[]): HTMLElement {
  return el("div", { class: "commands" }, [
    el("h4", {}, ["Then run, in this order"]),
    el(
      "ol",
      {},
      commands.map((command) => el("li", {}, [el("code", {}, [visible(command)])])),
    ),
  ]);
}
