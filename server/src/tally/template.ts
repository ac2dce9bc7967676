// The words of a failure without what differs from one to the next: addresses, names, numbers, ids.

const longest = 200;

// In this order: what is replaced first is not looked into again. Every pattern is linear: no repetition meets itself.
const varying: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/\S{1,300}/g, "‹link›"],
  [/[^\s<>()[\]:;,"']{1,64}@[A-Za-z0-9.-]{1,253}/g, "‹address›"],
  [/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g, "‹ip›"],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi, "‹ip›"],
  [/(?<![\w.-])(?:[a-z0-9-]{1,63}\.){2,8}[a-z]{2,24}(?![\w-])/gi, "‹host›"],
  [/(?<![\w#.-])(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[A-Za-z])[\w-]{8,60}(?![\w.-])/g, "‹id›"],
  [/(?<![\w.#])\d{4,20}(?![\w.])/g, "‹n›"],
];

/** The template of a failure's words, at most 200 UTF-16 units; two refusals that differ in names only have the same. */
export function templateOf(words: string): string {
  const start = words
    .slice(0, longest * 2)
    .replace(/\s+/g, " ")
    .trim();
  return varying.reduce((text, [what, name]) => text.replace(what, name), start).slice(0, longest);
}
