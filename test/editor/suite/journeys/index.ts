// The journeys, in the order they are played.
import type { Journey } from "../journey.ts";
import { installed } from "./installed.ts";

/** All journeys through the extension host. */
export const journeys: readonly Journey[] = [installed];
