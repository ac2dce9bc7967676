// The journeys, in the order they are played.
import type { Journey } from "../journey.ts";
import { colours } from "./colours.ts";
import { explaining } from "./explaining.ts";
import { following } from "./following.ts";
import { installed } from "./installed.ts";
import { opening } from "./opening.ts";
import { listed } from "./problems.ts";
import { reading } from "./reading.ts";

export const journeys: readonly Journey[] = [
  installed,
  ...reading,
  ...opening,
  ...colours,
  ...listed,
  ...explaining,
  ...following,
];
