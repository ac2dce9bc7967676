// Links: drawn only when they may be opened, and opened by the panel, never by the page itself.

import { type Child, el } from "./dom.ts";
import { safeUrl } from "./links.ts";
import type { FromPage } from "./messages.ts";
import { visible } from "./text.ts";

/** Sends a message to the panel. */
export type Send = (message: FromPage) => void;

/** A link to `url`, or the plain text when there is nothing safe to open. */
export function link(send: Send, text: string, url: string | undefined): Child {
  const safe = safeUrl(url);
  if (safe === undefined) return text;
  const anchor = el("a", { href: safe, title: safe }, [text]);
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    // Else the editor around the page follows the link by itself.
    event.stopPropagation();
    send({ type: "open", url: safe });
  });
  return anchor;
}

/** The text, with those of `urls` that stand in it as links. */
export function linkedText(text: string, urls: readonly string[], send: Send): Child[] {
  const [url, ...others] = urls;
  const at = url === undefined ? -1 : text.indexOf(url);
  if (url === undefined || at < 0) return [visible(text)];
  const rest = linkedText(text.slice(at + url.length), others, send);
  return [visible(text.slice(0, at)), link(send, url, url), ...rest];
}
