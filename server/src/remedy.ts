// The joint of measurements, catalogue and settings: how to send to a measured provider from now on.
import { entryById } from "./catalogue/data.ts";
import { limitsOf } from "./catalogue/limits.ts";
import { providerName } from "./catalogue/provider.ts";
import type { Measurement, Setting, Throttle } from "./measurement.ts";
import { settingsFor } from "./tell/settings/servers/index.ts";
import { throttleOf } from "./tell/settings/throttle.ts";

/** The throttle that a measurement calls for; undefined when no setting cures its refusals. */
export function throttleFor(measurement: Measurement): Throttle | undefined {
  const { provider } = measurement;
  if (provider === undefined) return undefined;
  const entry = (id: string) => entryById(id)?.entry;
  return throttleOf(measurement, { name: providerName(provider), limits: limitsOf(provider), entry });
}

/** The throttles of several measurements, one a provider: that of the address with the most refusals. */
export function throttlesFor(measurements: readonly Measurement[]): readonly Throttle[] {
  const all = measurements.map(throttleFor).filter((throttle) => throttle !== undefined);
  return all.filter(({ provider }, index) => all.findIndex((one) => one.provider === provider) === index);
}

/** The changes of settings that cure refusals with the code of a page, that of the server which wrote the log first. */
export function settingsForPage(id: string, measurements: readonly Measurement[]): readonly Setting[] {
  const [measurement] = measurements.filter(({ refusals }) => refusals[id] !== undefined);
  // Other codes of the same log are no reason to change anything on this one's page.
  const own = measurement && { ...measurement, refusals: { [id]: measurement.refusals[id] ?? none } };
  const throttle = own && throttleFor(own);
  return throttle === undefined ? [] : settingsFor(throttle, own?.format ?? "plain");
}

const none = { count: 0, acceptedBefore: 0, at: [] };
