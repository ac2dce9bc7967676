// The log formats, in the order in which they are asked about a line; `plain` comes last because it claims any reply.
import type { Format } from "../format.ts";
import { bounce } from "./bounce.ts";
import { exim } from "./exim.ts";
import { plain } from "./plain.ts";
import { postfix } from "./postfix.ts";
import { sendmail } from "./sendmail.ts";

/** All formats. */
export const formats: readonly Format[] = [postfix, exim, sendmail, bounce, plain];
