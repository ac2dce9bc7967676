// The evaluation of SPF and DMARC by the library mailauth: a bundle of its own, loaded when a check needs it.
import type { MailAuth } from "../../check/mailAuth.ts";
import { dmarc } from "./dmarc.ts";
import { spf } from "./spf.ts";

/** Evaluates by the check's own questions; has no other way to the DNS. */
export const mailAuth: MailAuth = { spf, dmarc };
