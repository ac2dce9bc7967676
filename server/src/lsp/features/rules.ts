// The user's own rules: read with the settings and when a file of them changes; what is wrong in a file is shown there.
import { MessageType, ShowMessageNotification } from "vscode-languageserver";
import { useOwnRules } from "../../catalogue/own.ts";
import { methods } from "../../protocol.ts";
import { type RulesFault, type RulesText, readRules } from "../../rules/read.ts";
import type { Context, Feature, RulesPlace } from "../feature.ts";
import { messageText } from "../messages.ts";
import { faultDiagnostics } from "../ruleFaults.ts";
import { type Watch, watching } from "../watching.ts";

export const rules: Feature = {
  capabilities: () => ({ workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
  register: (context) => {
    const keeper = keeperOf(context);
    context.session.onSettings(keeper.read);
    context.connection.onDidChangeWatchedFiles(keeper.read);
    context.connection.onNotification(methods.trusted, keeper.trust);
  },
};

interface Keeper {
  read(): void;
  trust(): void;
}

/** What is there to be read, and what came of it the last time. */
interface Kept {
  folders: readonly string[];
  trusted: boolean;
  /** All that was read, to tell whether anything has changed. */
  state: string;
  /** The files whose faults are shown. */
  shown: readonly string[];
  /** Files that could not be read, and why: each is told once. */
  readonly told: Set<string>;
  watch: Watch | undefined;
}

function keeperOf(context: Context): Keeper {
  const { workspace } = context;
  const kept: Kept = { ...workspace, state: "[]", shown: [], told: new Set(), watch: undefined };
  const read = (): void => {
    kept.watch ??= watching(context, (added, removed) => {
      kept.folders = [...kept.folders.filter((folder) => !removed.includes(folder)), ...added];
      read();
    });
    readAll(context, kept);
  };
  const trust = (): void => {
    kept.trusted = true;
    read();
  };
  return { read, trust };
}

/** A workspace that is not trusted has no say in how a refusal is explained. */
function readAll(context: Context, kept: Kept): void {
  const { connection, session, host } = context;
  const places = host.rulesFiles.places(kept.trusted ? kept.folders : [], session.settings.rules);
  kept.watch?.follow(places.map(({ uri }) => uri));
  const files = places.flatMap((place) => {
    const text = textOf(context, place, kept.told);
    return text === undefined ? [] : [{ ...text, uri: place.uri }];
  });
  const state = JSON.stringify(files);
  if (state === kept.state) return;
  kept.state = state;
  const { rules, faults } = readRules(files);
  useOwnRules(rules);
  for (const uri of kept.shown) connection.sendDiagnostics({ uri, diagnostics: [] });
  kept.shown = files.map(({ uri }) => uri);
  for (const [index, file] of files.entries()) show(context, file, faults[index] ?? []);
  session.explainAgain();
}

function show(
  { connection }: Context,
  file: RulesText & { readonly uri: string },
  faults: readonly RulesFault[],
): void {
  connection.sendDiagnostics({ uri: file.uri, diagnostics: faultDiagnostics(file.text, faults) });
}

/** The text of a file; a file that the settings name and that cannot be read is told of. */
function textOf(
  { connection, host }: Context,
  { uri, name, wanted }: RulesPlace,
  told: Set<string>,
): RulesText | undefined {
  const read = host.rulesFiles.read(uri);
  if (read !== undefined && "text" in read) return { ...read, name };
  const fault = read?.fault ?? (wanted ? "does not exist" : undefined);
  if (fault === undefined || told.has(`${uri} ${fault}`)) return undefined;
  told.add(`${uri} ${fault}`);
  const message = messageText(
    `The file of rules ${name} ${fault}. Its rules are not used until it is mended or smtpLogLens.rules leaves it out.`,
  );
  // A notification: nothing waits for an answer, and every editor knows it.
  connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  return undefined;
}
