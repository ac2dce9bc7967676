// The output channel without secrets: the client library writes whole requests there when the user has it trace them.
import type * as vscode from "vscode";

/** A channel that writes to `channel` what `mask` leaves of each text. */
export function maskedChannel(
  channel: vscode.LogOutputChannel,
  mask: (text: string) => string,
): vscode.LogOutputChannel {
  const written = (value: unknown): unknown => maskedValue(value, mask);
  return {
    get name() {
      return channel.name;
    },
    get logLevel() {
      return channel.logLevel;
    },
    onDidChangeLogLevel: channel.onDidChangeLogLevel.bind(channel),
    trace: (message: string, ...args: unknown[]) => channel.trace(mask(message), ...args.map(written)),
    debug: (message: string, ...args: unknown[]) => channel.debug(mask(message), ...args.map(written)),
    info: (message: string, ...args: unknown[]) => channel.info(mask(message), ...args.map(written)),
    warn: (message: string, ...args: unknown[]) => channel.warn(mask(message), ...args.map(written)),
    error: (error: string | Error, ...args: unknown[]) => channel.error(mask(textOf(error)), ...args.map(written)),
    append: (value: string) => channel.append(mask(value)),
    appendLine: (value: string) => channel.appendLine(mask(value)),
    replace: (value: string) => channel.replace(mask(value)),
    clear: () => channel.clear(),
    show: (column?: unknown, preserveFocus?: boolean) => channel.show(preserveFocus ?? column === true),
    hide: () => channel.hide(),
    dispose: () => channel.dispose(),
  };
}

function textOf(value: string | Error): string {
  return typeof value === "string" ? value : (value.stack ?? value.message);
}

function maskedValue(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (value instanceof Error) return mask(textOf(value));
  return typeof value === "object" ? mask(String(value)) : value;
}
