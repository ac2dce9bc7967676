// Builds elements: the only way anything gets onto the page. Text becomes text nodes, never markup.

/** What may stand inside an element; nothing is drawn for undefined. */
export type Child = Node | string | undefined;

/** An element with attributes and children. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A button that calls `press`. */
export function button(label: string, attributes: Readonly<Record<string, string>>, press: () => void): HTMLElement {
  const element = el("button", { type: "button", ...attributes }, [label]);
  element.addEventListener("click", press);
  return element;
}

/** A sign that only decorates: what it means is said in words beside it. */
export function sign(tone: string): HTMLElement {
  return el("span", { class: `sign ${tone}`, "aria-hidden": "true" });
}

/** A part of the page with its heading; `id` names both. */
export function section(id: string, heading: string, children: readonly Child[]): HTMLElement {
  const title = el("h2", { id: `${id}-heading`, tabindex: "-1" }, [heading]);
  return el("section", { id, "aria-labelledby": `${id}-heading` }, [title, ...children]);
}

/** Facts on one line with dots between them, which are text, so that they are copied and spoken too. */
export function dotted(facts: readonly Child[]): Child[] {
  return facts.filter((fact) => fact !== undefined).flatMap((fact, index) => (index === 0 ? [fact] : [" · ", fact]));
}
