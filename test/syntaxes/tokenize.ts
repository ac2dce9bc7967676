// Runs the shipped grammars over text the way the editor does.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

/** A stretch of a line and its scopes, outermost first. */
export interface Scoped {
  readonly text: string;
  readonly scopes: readonly string[];
}

type Grammar = (line: string) => Scoped[];

const files: Record<string, string> = {
  "text.smtplog": "smtplog.tmLanguage.json",
  "text.smtplog.injection": "smtplog-injection.tmLanguage.json",
};

/** The grammar of mail logs. */
export async function mailLogGrammar(): Promise<Grammar> {
  return lineScopes(await load("text.smtplog"));
}

/** A log language that scopes nothing by itself, with our patterns injected. */
export async function injectedGrammar(): Promise<Grammar> {
  return lineScopes(await load("text.log"));
}

function lineScopes(grammar: textmate.IGrammar): Grammar {
  return (line) =>
    grammar
      .tokenizeLine(line, textmate.INITIAL)
      .tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }));
}

async function load(scope: string): Promise<textmate.IGrammar> {
  const registry = new textmate.Registry({
    onigLib: onigLib(),
    loadGrammar: read,
    getInjections: (name) => (name === "text.log" ? ["text.smtplog.injection"] : undefined),
  });
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) throw new Error(`There is no grammar ${scope}.`);
  return grammar;
}

async function read(scope: string): Promise<textmate.IRawGrammar | null> {
  if (scope === "text.log") return textmate.parseRawGrammar('{"scopeName":"text.log","patterns":[]}', "log.json");
  const file = files[scope];
  if (file === undefined) return null;
  const url = new URL(`../../syntaxes/${file}`, import.meta.url);
  return textmate.parseRawGrammar(await readFile(url, "utf8"), file);
}

let loaded: Promise<textmate.IOnigLib> | undefined;

function onigLib(): Promise<textmate.IOnigLib> {
  loaded ??= start();
  return loaded;
}

async function start(): Promise<textmate.IOnigLib> {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(await readFile(wasm));
  return {
    createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
    createOnigString: (text) => new oniguruma.OnigString(text),
  };
}
