// Makes a Sendmail configuration (sendmail.cf) out of its macros (sendmail.mc), by the m4 files of Debian's package.
import { type ServerHome, serverProgram } from "./serverHome.ts";

/** The sendmail.cf of what stands in a sendmail.mc, without its line that includes cf.m4; fails with what m4 complained of. */
export function sendmailConfiguration(home: ServerHome, mc: string): string {
  const whole = `divert(-1)\ninclude(\`/usr/share/sendmail/cf/m4/cf.m4')\ndivert(0)dnl\n${mc}`;
  // There is no shell in the home that could write into the file who made it and when.
  const { status, stdout, stderr } = home.run(
    [serverProgram.m4, "-D_NO_MAKEINFO_", "-D_CF_DIR_=/usr/share/sendmail/cf/", "-"],
    whole,
  );
  if (status !== 0 || stderr !== "") throw new Error(`m4 does not take this configuration: ${stderr}`);
  return stdout;
}
