// The button that leads to a line of one of a report's logs.
import type { ReportFile, ReportPlace } from "../../../../../server/src/logProtocol.ts";
import { button } from "../dom.ts";
import type { Send } from "../link.ts";
import { readableTime } from "../text.ts";
import { placeName } from "./placeName.ts";

/** What the places of a report have in common. */
export interface Places {
  readonly files: readonly ReportFile[];
  /** True when all times are in one clock, which the page names once. */
  readonly oneClock: boolean;
  readonly send: Send;
}

/** How the button is named. */
export interface PlaceButton {
  /** Tells it from the page's other buttons. */
  readonly key: string;
  /** What the place is: "first", "last". */
  readonly label: string;
}

/** "2024-06-03 10:02:07", or "line 12" where the line has no time. */
export function placeButton(place: ReportPlace, { key, label }: PlaceButton, around: Places): HTMLElement {
  const { file, line, time } = place;
  const { files, oneClock, send } = around;
  const at = placeName(place, files);
  const full = time === undefined ? at : readableTime(time);
  const text = oneClock ? full.replace(/ (?:Z|[+-]\d\d:?\d\d)$/, "") : full;
  const attributes = {
    class: "jump time",
    "data-key": key,
    title: time === undefined ? `Go to ${at}` : `Go to ${at}, ${full}`,
    "aria-label": `${text}: go to the ${label}, ${at}`,
  };
  return button(text, attributes, () => send({ type: "place", file, line }));
}
