// JSON that is safe to show in a terminal: strangers' text may hold what a terminal obeys or hides.

/** Characters that JSON leaves as they are and a terminal may obey or hide: DEL, C1, formats, separators. */
const unsafe = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON with such characters escaped; what is undefined is null; `indent` in blanks, 0 for one line. */
export function safeJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, (_, item: unknown) => (item === undefined ? null : item), indent);
  return text.replace(unsafe, (found) =>
    [...Array(found.length).keys()].map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
