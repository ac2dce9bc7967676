// What the places to get a VS Code have in common.

/** User settings by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** One run of the extension-host suite. */
export interface SuiteRun {
  /** The folder of the extension under test. */
  readonly extension: string;
  /** The bundled suite, a CommonJS file that exports `run`. */
  readonly suite: string;
  /** The folder to open. */
  readonly folder: string;
  readonly settings: Settings;
  /** Called with everything the suite writes to its console, a piece at a time. */
  readonly onOutput: (text: string) => void;
}

/** A VS Code that can run the suite. */
export interface Home {
  readonly name: string;
  /** Gets what is quick to get or to find missing: undefined when this home can be used, else why not. */
  readonly obstacle: () => Promise<string | undefined>;
  /** Runs the suite; true when `run` resolved. */
  readonly run: (run: SuiteRun) => Promise<boolean>;
}

/** Settings that keep VS Code from showing anything but the log. */
export const quiet: Settings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": "off",
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.autoDetectColorScheme": false,
  "window.autoDetectHighContrast": false,
  "window.restoreWindows": "none",
  "workbench.editorLargeFileConfirmation": 2000,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};
