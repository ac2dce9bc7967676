// The list of features.
import type { Feature } from "../feature.ts";
import { check } from "./check.ts";
import { codeActions } from "./codeActions.ts";
import { commands } from "./commands.ts";
import { diagnostics } from "./diagnostics.ts";
import { explanation } from "./explanation.ts";
import { failures } from "./failures.ts";
import { highlights } from "./highlights.ts";
import { hover } from "./hover.ts";
import { next } from "./next.ts";
import { overview } from "./overview.ts";
import { redact } from "./redact.ts";
import { report } from "./report.ts";
import { request } from "./request.ts";
import { rules } from "./rules.ts";
import { scan } from "./scan.ts";
import { status } from "./status.ts";
import { tokens } from "./tokens.ts";
import { unknown } from "./unknown.ts";

export const features: readonly Feature[] = [
  diagnostics,
  hover,
  highlights,
  tokens,
  codeActions,
  explanation,
  check,
  request,
  redact,
  unknown,
  rules,
  status,
  scan,
  next,
  failures,
  overview,
  report,
  commands,
];
