// Who may import whom: the plan of the house as a test.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = normalize(join(dirname(fileURLToPath(import.meta.url)), ".."));

interface Import {
  readonly from: string;
  readonly to: string;
}

/** The types that every room may speak. */
const vocabulary = ["server/src/model.ts", "server/src/measurement.ts", "server/src/tally.ts"] as const;

/** Every room: the path it begins with, and the beginnings of what it may import besides itself. */
const rooms: readonly { room: string; may: readonly string[] }[] = [
  { room: "server/src/model.ts", may: [] },
  { room: "server/src/measurement.ts", may: ["server/src/model.ts"] },
  { room: "server/src/tally.ts", may: ["server/src/model.ts"] },
  { room: "server/src/protocol.ts", may: [...vocabulary] },
  { room: "server/src/logProtocol.ts", may: [...vocabulary] },
  { room: "server/src/formatNames.ts", may: ["server/src/model.ts"] },
  { room: "server/src/failuresProtocol.ts", may: [...vocabulary] },
  { room: "server/src/log/", may: [...vocabulary, "postal-mime"] },
  { room: "server/src/measure/", may: [...vocabulary] },
  { room: "server/src/redact/", may: [...vocabulary] },
  {
    room: "server/src/tell/",
    may: [
      ...vocabulary,
      "server/src/protocol.ts",
      "server/src/logProtocol.ts",
      "server/src/formatNames.ts",
      "server/src/redact/",
    ],
  },
  { room: "server/src/catalogue/", may: [...vocabulary, "server/catalogue/"] },
  { room: "server/src/check/", may: ["server/src/model.ts", "server/catalogue/blocklists.json"] },
  { room: "server/src/analyse.ts", may: ["server/src/model.ts", "server/src/log/", "server/src/catalogue/"] },
  {
    room: "server/src/evidence.ts",
    may: [...vocabulary, "server/src/log/", "server/src/catalogue/", "server/src/measure/", "server/src/tell/"],
  },
  { room: "server/src/cluster/", may: ["server/src/model.ts"] },
  { room: "server/src/rules/", may: ["server/src/model.ts", "server/src/catalogue/", "server/catalogue/schema.json"] },
  {
    room: "server/src/unknown.ts",
    may: ["server/src/model.ts", "server/src/catalogue/", "server/src/cluster/", "server/src/redacting.ts"],
  },
  { room: "server/src/rowDraft.ts", may: ["server/src/model.ts", "server/src/unknown.ts", "server/src/tell/"] },
  {
    room: "server/src/redacting.ts",
    may: ["server/src/model.ts", "server/src/redact/", "server/src/log/", "server/src/catalogue/"],
  },
  {
    room: "server/src/remedy.ts",
    may: [...vocabulary, "server/src/catalogue/", "server/src/tell/"],
  },
  {
    room: "server/src/page.ts",
    may: [
      ...vocabulary,
      "server/src/catalogue/",
      "server/src/tell/",
      "server/src/remedy.ts",
      "server/src/request.ts",
      "server/src/protocol.ts",
    ],
  },
  { room: "server/src/digest/", may: [...vocabulary, "server/src/log/keep.ts", "server/src/tell/"] },
  { room: "server/src/trace/", may: ["server/src/model.ts"] },
  {
    room: "server/src/inquire.ts",
    may: [
      "server/src/model.ts",
      "server/src/protocol.ts",
      "server/src/catalogue/",
      "server/src/check/",
      "server/src/trace/",
      "server/src/tell/",
    ],
  },
  {
    room: "server/src/request.ts",
    may: [
      ...vocabulary,
      "server/src/protocol.ts",
      "server/src/inquire.ts",
      "server/src/catalogue/",
      "server/src/trace/",
      "server/src/tell/",
    ],
  },
  {
    room: "server/src/report/",
    may: [...vocabulary, "server/src/failuresProtocol.ts", "server/src/catalogue/", "server/src/tell/"],
  },
  { room: "server/src/lsp/", may: ["server/", "vscode-languageserver", "vscode-languageserver-textdocument"] },
  { room: "server/src/node/", may: ["server/", "node:", "vscode-languageserver/node", "mailauth", "dns-packet"] },
  {
    room: "client/src/panel/page/",
    may: [
      "server/src/protocol.ts",
      "server/src/logProtocol.ts",
      "server/src/failuresProtocol.ts",
      ...vocabulary,
      "uplot",
    ],
  },
  {
    room: "client/src/",
    may: [
      "server/src/protocol.ts",
      "server/src/logProtocol.ts",
      "server/src/failuresProtocol.ts",
      ...vocabulary,
      "server/src/formatNames.ts",
      "server/src/log/sniff.ts",
      "vscode",
      "vscode-languageclient",
      "node:",
    ],
  },
];

/** Folders of members: a list imports them, they never import each other. */
const members = [
  "server/src/log/formats/",
  "server/src/check/probes/",
  "server/src/lsp/features/",
  "server/src/tell/settings/servers/",
  "client/src/commands/",
];

const files = ["server/src", "client/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => `${folder}/${file.split(sep).join("/")}`),
);

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join(root, from), "utf8");
  const found = text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g);
  return [...found].map((match) => ({ from, to: resolved(from, match[1] ?? match[2] ?? "") }));
});

function resolved(from: string, to: string): string {
  return to.startsWith(".")
    ? relative(root, join(root, dirname(from), to))
        .split(sep)
        .join("/")
    : to;
}

test("every file belongs to a room", () => {
  const homeless = files.filter((file) => !rooms.some(({ room }) => file.startsWith(room)));
  assert.deepEqual(homeless, []);
});

for (const { room, may } of rooms) {
  test(`${room} imports only what it may`, () => {
    const own = (file: string): boolean => rooms.find(({ room }) => file.startsWith(room))?.room === room;
    const wrong = imports.filter(
      ({ from, to }) => own(from) && !to.startsWith(room) && !may.some((start) => to.startsWith(start)),
    );
    assert.deepEqual(wrong, []);
  });
}

for (const folder of members) {
  test(`members of ${folder} do not import each other`, () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith(folder) && to.startsWith(folder) && !from.endsWith("/index.ts"),
    );
    assert.deepEqual(wrong, []);
  });
}

test("nothing but the doors of a process imports Node's own modules in the server", () => {
  const wrong = imports.filter(
    ({ from, to }) => from.startsWith("server/src/") && !from.startsWith("server/src/node/") && to.startsWith("node:"),
  );
  assert.deepEqual(wrong, []);
});

test("there is no circle of imports among the server's files", () => {
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) for (const { from, to } of imports) if (from === file) visit(to, [...path, file]);
    done.add(file);
  };
  const done = new Set<string>();
  for (const file of files) visit(file, []);
  assert.deepEqual(circles, []);
});
