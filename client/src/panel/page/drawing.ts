// What an explanation page is drawn with.
import type { ExplanationPage } from "../../../../server/src/protocol.ts";
import type { Send } from "./link.ts";

/** What a page is drawn with. */
export interface Drawing {
  readonly page: ExplanationPage;
  readonly logOpen: boolean;
  /** The section that checks an address; it outlives a redrawing. */
  readonly check: HTMLElement;
  readonly send: Send;
}
