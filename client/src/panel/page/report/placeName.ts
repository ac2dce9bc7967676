// How a line of one of a report's logs is named.
import type { ReportFile, ReportPlace } from "../../../../../server/src/logProtocol.ts";
import { visible } from "../text.ts";

/** "line 12", with the log's name where there are several. */
export function placeName({ file, line }: ReportPlace, files: readonly ReportFile[]): string {
  const row = `line ${(line + 1).toLocaleString("en")}`;
  return files.length < 2 ? row : `${row} of ${visible(files[file]?.name ?? "")}`;
}
