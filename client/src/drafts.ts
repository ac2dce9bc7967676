// Knows the letters that we opened ourselves: they quote rejections and are no mail logs.

/** Letters by their text until they are open, then by their address until they are closed. */
export class Drafts {
  readonly #expected = new Set<string>();
  readonly #open = new Set<string>();

  /** A document with this text is about to be opened. */
  expect(text: string): void {
    this.#expected.add(text);
  }

  /** True for a letter; `text` is only asked for while one is expected. */
  has(uri: string, text: () => string): boolean {
    if (this.#open.has(uri)) return true;
    if (this.#expected.size === 0 || !uri.startsWith("untitled:")) return false;
    if (!this.#expected.delete(text().replaceAll("\r\n", "\n"))) return false;
    this.#open.add(uri);
    return true;
  }

  forget(uri: string): void {
    this.#open.delete(uri);
  }
}
