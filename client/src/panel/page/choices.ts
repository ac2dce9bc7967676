// What the reader unfolded and chose on the page, given back after the page was drawn anew.

/** Remembers folds and choices under `root`; what it returns applies them to what stands there then. */
export function keepChoices(root: HTMLElement): () => void {
  const open = new Map(foldsOf(root).map((one) => [keyOf(one), one.open]));
  const chosen = new Map(selectsOf(root).map((one) => [keyOf(one), one.value]));
  return () => {
    for (const one of foldsOf(root)) one.open = open.get(keyOf(one)) ?? one.open;
    for (const one of selectsOf(root)) choose(one, chosen.get(keyOf(one)));
  };
}

function foldsOf(root: HTMLElement): HTMLDetailsElement[] {
  return [...root.querySelectorAll<HTMLDetailsElement>("details[data-key]")];
}

function selectsOf(root: HTMLElement): HTMLSelectElement[] {
  return [...root.querySelectorAll<HTMLSelectElement>("select[data-key]")];
}

function keyOf(element: HTMLElement): string {
  return element.dataset.key ?? "";
}

function choose(select: HTMLSelectElement, value: string | undefined): void {
  if (value === undefined || value === select.value) return;
  if (![...select.options].some((option) => option.value === value)) return;
  select.value = value;
  select.dispatchEvent(new Event("change"));
}
