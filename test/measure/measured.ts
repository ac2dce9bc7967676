// What is measured of a text, with every line that fails explained by one page.
import { readAttempts } from "../../server/src/log/attempts.ts";
import { measure } from "../../server/src/measure/measure.ts";
import type { Measurement } from "../../server/src/measurement.ts";
import type { FormatId } from "../../server/src/model.ts";

/** The years of the made logs end here. */
export const fileDate = new Date("2026-11-24T00:00:00Z");

/** The page that the tests give to every failure. */
export const page = "cox/CXCNCT";

/** All measurements of a text whose relays all belong to Cox. */
export function measuredAs(format: FormatId, text: string): readonly Measurement[] {
  const { attempts } = readAttempts(text, { format, fileDate });
  return measure(attempts, { providerOf: () => "cox", pageOf: () => page });
}

/** The one measurement of a text; throws when there are none or several. */
export function onlyMeasured(format: FormatId, text: string): Measurement {
  const [one, ...more] = measuredAs(format, text);
  if (one === undefined || more.length > 0) throw new Error(`${more.length + 1} measurements, not one`);
  return one;
}
