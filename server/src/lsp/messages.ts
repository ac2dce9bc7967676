// Texts for an editor's own messages, which make links and lines of what they are given.
import { visible } from "../tell/markdown.ts";

/** Editors make links of "[text](address)" even in messages; between a bracket and a parenthesis a blank prevents it. */
export function unlinked(text: string): string {
  return text.replaceAll("](", "] (");
}

/** A text by a stranger as part of a message: nothing in it hides, breaks the line or links. */
export function messageText(text: string): string {
  return unlinked(visible(text));
}
