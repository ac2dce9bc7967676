// The button that leads from a number of a report to the lines that it counts.
import { button } from "../dom.ts";
import type { Send } from "../link.ts";
import type { LinesOf } from "../messages.ts";
import { visible } from "../text.ts";
import { counted } from "../words.ts";

/** What the button counts and tells the panel. */
export interface CountButton {
  /** Tells it from the page's other buttons. */
  readonly key: string;
  /** What is counted, for those who do not see what stands around: "Cox, AUP#CXCNCT". */
  readonly what: string;
  readonly of: LinesOf;
  readonly send: Send;
}

/** "1,286", or what `text` says. */
export function countButton(count: number, { key, what, of, send }: CountButton, text?: string): HTMLElement {
  const label = `${counted(count, "failure")}: ${visible(what)}. Show the lines`;
  const attributes = { class: "jump", "data-key": `lines-${key}`, title: label, "aria-label": label };
  return button(text ?? count.toLocaleString("en"), attributes, () => send({ type: "lines", of }));
}
