// The list of the servers whose settings are written.
import type { ServerId, Setting, Throttle } from "../../../measurement.ts";
import type { FormatId } from "../../../model.ts";
import { eximSetting } from "./exim.ts";
import { kumomtaSetting } from "./kumomta.ts";
import { opensmtpdSetting } from "./opensmtpd.ts";
import { postfixSetting } from "./postfix.ts";
import { powermtaSetting } from "./powermta.ts";
import { sendmailSetting } from "./sendmail.ts";

const writers: Readonly<Record<ServerId, (throttle: Throttle) => Setting | undefined>> = {
  postfix: postfixSetting,
  exim: eximSetting,
  sendmail: sendmailSetting,
  opensmtpd: opensmtpdSetting,
  powermta: powermtaSetting,
  kumomta: kumomtaSetting,
};

/** The servers, the most common first. */
export const servers: readonly ServerId[] = ["postfix", "exim", "sendmail", "opensmtpd", "powermta", "kumomta"];

/** The change that makes a server keep to a throttle, its notes beginning with how the numbers were chosen; undefined when no domain can be written. */
export function settingFor(server: ServerId, throttle: Throttle): Setting | undefined {
  const setting = writers[server](throttle);
  return setting && { ...setting, notes: [...throttle.because, ...setting.notes] };
}

/** The changes for all servers, that of the one that wrote the log first. */
export function settingsFor(throttle: Throttle, format: FormatId): readonly Setting[] {
  const own = servers.filter((server) => server === format);
  const order = [...own, ...servers.filter((server) => server !== format)];
  return order.map((server) => settingFor(server, throttle)).filter((setting) => setting !== undefined);
}
