// The button that leads to a line of one of a report's logs.
import type { ReportFile, ReportPlace } from "../../../../../server/src/logProtocol.ts";
import { button } from "../dom.ts";
import type { Send } from "../link.ts";
import { readableTime, visible } from "../text.ts";

/** How the button is named and what it tells the panel. */
export interface PlaceButton {
  /** Tells it from the page's other buttons. */
  readonly key: string;
  /** What the place is: "first", "last". */
  readonly label: string;
  readonly files: readonly ReportFile[];
  readonly send: Send;
}

/** "2024-06-03 10:02:07", or "line 12" where the line has no time. */
export function placeButton(place: ReportPlace, { key, label, files, send }: PlaceButton): HTMLElement {
  const { file, line, time } = place;
  const at = placeName(place, files);
  const attributes = {
    class: "jump",
    "data-key": key,
    title: `Go to ${at}`,
    "aria-label": `Go to the ${label}, ${at}`,
  };
  const text = time === undefined ? at : readableTime(time);
  return button(text, attributes, () => send({ type: "place", file, line }));
}

/** "line 12", with the log's name where there are several. */
export function placeName({ file, line }: ReportPlace, files: readonly ReportFile[]): string {
  const row = `line ${(line + 1).toLocaleString("en")}`;
  return files.length < 2 ? row : `${row} of ${visible(files[file]?.name ?? "")}`;
}
