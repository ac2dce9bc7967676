// Explains a code of the tree of failures.
import { openAddress } from "../panel/openPage.ts";

/** Opens the page of a code's node; anything else is ignored. */
export async function explainNode(node: unknown): Promise<void> {
  const { code } = Object(node) as { readonly code?: unknown };
  const { page } = Object(code) as { readonly page?: unknown };
  await openAddress(page);
}
