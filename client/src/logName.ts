// Names by which a file is taken for a mail log, whatever its first lines look like.

const names = /^(?:maillog|mail\.(?:log|info|warn|err)|(?:exim_)?(?:main|reject|panic)log)(?:[.-]\d[\d.-]{0,12})?$/;

/** True for "mail.log", "maillog-20261101", "mainlog.2": the names that package.json gives to the language. */
export function isMailLogName(name: string): boolean {
  return names.test(name);
}

/** The endings of compressed files that are unpacked. */
export const compressedEndings: readonly string[] = ["gz", "zst", "bz2", "xz"];

/** True for "mail.log.2.gz". */
export function isCompressed(path: string): boolean {
  return compressedEndings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A file's name in a message of the editor, which makes links of "[text](address)". */
export function shownName(path: string): string {
  return nameOf(path)
    .replace(/[\p{Cc}\p{Cf}]/gu, "�")
    .replaceAll("](", "] (");
}
