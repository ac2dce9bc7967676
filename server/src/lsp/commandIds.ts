// The ids of the commands behind the code actions: our own client's, or the server's for any other editor.

interface CommandIds {
  readonly explain: string;
  readonly checkIp: string;
  readonly copyRejection: string;
}

/** In our own client the client runs them; elsewhere the server does. */
export function commandIds(panel: boolean): CommandIds {
  const prefix = panel ? "smtpLogLens" : "smtpLogLens.server";
  return { explain: `${prefix}.explain`, checkIp: `${prefix}.checkIp`, copyRejection: `${prefix}.copyRejection` };
}
