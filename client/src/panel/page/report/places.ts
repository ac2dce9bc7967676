// Where a report's page may lead: only to what its own data name.
import type { ReportPage, ReportPlace } from "../../../../../server/src/logProtocol.ts";

/** True for a line that the page shows as a place to go to. */
export function hasPlace(page: ReportPage, { file, line }: Pick<ReportPlace, "file" | "line">): boolean {
  return placesOf(page).some((place) => place?.file === file && place.line === line);
}

function placesOf({ providers, templates, times }: ReportPage): readonly (ReportPlace | undefined)[] {
  const codes = providers.flatMap((provider) => provider.codes);
  return [
    ...codes.flatMap(({ first, last }) => [first, last]),
    ...templates.map(({ first }) => first),
    ...(times?.places ?? []),
  ];
}

/** True for the address of an explanation that the page names. */
export function namesPage({ providers }: ReportPage, page: string): boolean {
  return providers.some(({ codes }) => codes.some((code) => code.page === page));
}
