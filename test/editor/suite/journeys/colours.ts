// What the words of a mail log are coloured as.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";
import { threeKinds } from "../logs.ts";
import { open, openNew, placeOf } from "../support.ts";
import { colouredSoon } from "../tokens.ts";

/** Journeys about colours. */
export const colours: readonly Journey[] = [
  {
    name: "temporary, permanent and successful replies are told apart",
    run: async () => {
      const { document } = await openNew("mail.log.6", threeKinds);
      const codes = (await colouredSoon(document)).filter(({ type }) => type === "smtpReplyCode");
      assert.deepEqual(
        codes.map(({ text, modifiers }) => [text, ...modifiers]),
        [
          ["421", "temporary"],
          ["554", "permanent"],
          ["554", "permanent"],
          ["250", "success"],
        ],
      );
    },
  },
  {
    name: "only the lines in view are coloured",
    run: async () => {
      const { document } = await open("mail.log");
      const { start } = placeOf(document, "AUP#CXCNCT");
      const words = await colouredSoon(document, new vscode.Range(start.line, 0, start.line + 5, 0));
      assert.ok(words.every(({ line }) => line >= start.line && line <= start.line + 5));
      assert.ok(words.some(({ text }) => text === "AUP#CXCNCT"));
    },
  },
];
