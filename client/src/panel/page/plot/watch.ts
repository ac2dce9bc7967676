// Things that happen to a plot from outside: it comes into sight, gets another width, another theme, or leaves the page.

/** Calls `work` once, when the element is to be seen. */
export function whenSeen(element: HTMLElement, work: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    work();
  });
  observer.observe(element);
}

/** What follows the page around. */
export interface Followed {
  resized(width: number): void;
  repainted(): void;
  /** The element is no longer part of the page. */
  left(): void;
}

/** Watches until the element leaves the page. */
export function follow(element: HTMLElement, { resized, repainted, left }: Followed): void {
  // The editor tells of another theme by the body's class, and of other colours by the root's style.
  const theme = new MutationObserver(() => requestAnimationFrame(() => element.isConnected && repainted()));
  theme.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  const size = new ResizeObserver(() => {
    if (element.isConnected) return resized(element.clientWidth);
    size.disconnect();
    theme.disconnect();
    left();
  });
  size.observe(element);
}
