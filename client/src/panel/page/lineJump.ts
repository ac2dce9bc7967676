// The button that leads to a line of the log.
import { button } from "./dom.ts";
import type { Send } from "./link.ts";

/** A line of a log, from 0. */
export interface LogLine {
  readonly uri: string;
  readonly line: number;
}

/** "line 1,204"; `key` tells it from the page's other buttons, so that it keeps the focus when the page is drawn anew. */
export function lineJump({ uri, line }: LogLine, key: string, send: Send): HTMLElement {
  const label = `line ${(line + 1).toLocaleString("en")}`;
  const attributes = { class: "jump", "data-key": key, "data-log": uri, title: `Go to ${label} of the log` };
  return button(label, attributes, () => send({ type: "jump", uri, line }));
}
