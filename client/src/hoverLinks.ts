// Links in hovers: the editor's Markdown drops every scheme it does not know, so links to our pages become our command.
import { scheme } from "../../server/src/protocol.ts";
import { pagePath } from "./pages.ts";

/** The one command that a hover may run; it opens a page of ours and checks its argument. */
export const hoverCommand = "smtpLogLens.explain";

const pageLink = new RegExp(`\\]\\((${scheme}:/[^()\\s]{1,150})\\)`, "g");

/** The Markdown with links to our pages as links to the command; log text is escaped by then and holds no link. */
export function withCommands(markdown: string): string {
  return markdown.replace(pageLink, (link: string, page: string) =>
    pagePath(page) === undefined ? link : `](command:${hoverCommand}?${encodeURIComponent(JSON.stringify([page]))})`,
  );
}
