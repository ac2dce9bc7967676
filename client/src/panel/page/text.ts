// Strangers' text and times, made fit to be read.

// Control, zero-width and bidirectional characters can make a log line read as something else.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/** A stranger's text with its invisible characters made visible. */
export function visible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20
      ? String.fromCharCode(0x2400 + code)
      : `\u2039U+${code.toString(16).toUpperCase().padStart(4, "0")}\u203a`;
  });
}

/** An ISO time for reading: "2024-06-03 09:14:05 +02:00"; fractions are dropped. */
export function readableTime(iso: string): string {
  return visible(iso)
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?/, "$1 $2 ")
    .trim();
}
