// The list of the files with the texts of mail servers, and the common wordings.
import common from "../../catalogue/servers/common.json" with { type: "json" };
import courier from "../../catalogue/servers/courier.json" with { type: "json" };
import exchange from "../../catalogue/servers/exchange.json" with { type: "json" };
import exim from "../../catalogue/servers/exim.json" with { type: "json" };
import haraka from "../../catalogue/servers/haraka.json" with { type: "json" };
import opensmtpd from "../../catalogue/servers/opensmtpd.json" with { type: "json" };
import postfix from "../../catalogue/servers/postfix.json" with { type: "json" };
import qmail from "../../catalogue/servers/qmail.json" with { type: "json" };
import sendmail from "../../catalogue/servers/sendmail.json" with { type: "json" };
import wordingsJson from "../../catalogue/wordings.json" with { type: "json" };
import type { ServersFile, WordingsFile } from "./rows.ts";

/** Common wordings. */
export const wordingsFile = wordingsJson as WordingsFile;

/** The mail servers' files; their order is their rows' rank, and the last row of the last fits all. */
export const servers = [
  postfix,
  exim,
  sendmail,
  exchange,
  qmail,
  opensmtpd,
  courier,
  haraka,
  common,
] as readonly ServersFile[];
