// The journeys, in the order they are played.
import type { Journey } from "../journey.ts";
import { explaining } from "./explaining.ts";
import { installed } from "./installed.ts";
import { reading } from "./reading.ts";

export const journeys: readonly Journey[] = [installed, ...reading, ...explaining];
