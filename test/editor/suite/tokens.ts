// Semantic tokens as words: what each coloured stretch of a document says, and as what it is coloured.
import * as vscode from "vscode";
import { eventually } from "./support.ts";

/** A coloured stretch. */
export interface Word {
  readonly line: number;
  readonly text: string;
  /** The token type, "smtpReplyCode". */
  readonly type: string;
  readonly modifiers: readonly string[];
}

/** The coloured words in a range, the whole document unless told; none when nothing colours it. */
export async function coloured(document: vscode.TextDocument, range = whole(document)): Promise<Word[]> {
  const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>(
    "vscode.provideDocumentRangeSemanticTokensLegend",
    document.uri,
    range,
  );
  const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
    "vscode.provideDocumentRangeSemanticTokens",
    document.uri,
    range,
  );
  return legend === undefined || tokens === undefined ? [] : words(document, legend, tokens.data);
}

/** The same, once there are any. */
export async function colouredSoon(document: vscode.TextDocument, range = whole(document)): Promise<Word[]> {
  return eventually(async () => {
    const found = await coloured(document, range);
    return found.length > 0 ? found : undefined;
  }, `colours in ${document.fileName}`);
}

function words(document: vscode.TextDocument, legend: vscode.SemanticTokensLegend, data: Uint32Array): Word[] {
  let line = 0;
  let start = 0;
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(index * 5, index * 5 + 5);
    line += down;
    start = down === 0 ? start + right : right;
    return {
      line,
      text: document.getText(new vscode.Range(line, start, line, start + length)),
      type: legend.tokenTypes[type] ?? "",
      modifiers: legend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0),
    };
  });
}

function whole({ lineCount }: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, lineCount, 0);
}
