// Where things are, seen from the project's root.
import { fileURLToPath } from "node:url";

/** The project's root: the extension VS Code loads. */
export const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

/** The sample log that ships with the extension. */
export const sampleLog = fileURLToPath(new URL("../../client/media/sample-mail.log", import.meta.url));

/** Downloads and bundles of the editor tests; safe to delete. */
export const cache = fileURLToPath(new URL("../../.vscode-test", import.meta.url));

/** Where click journeys leave their pictures; not in git. */
export const screenshots = fileURLToPath(new URL("../screenshots", import.meta.url));
