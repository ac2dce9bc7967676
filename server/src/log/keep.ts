// Short texts that outlive the log they were read from.

const most = 65_536;

/** Gives a text back as one that holds nothing else in memory; equal texts become one, as far as a bounded memory goes. */
export type Keep = (text: string) => string;

/** A keeper of its own memory. A slice of a long string would keep the whole string alive as long as itself. */
export function createKeep(): Keep {
  const known = new Map<string, string>();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return (text) => {
    const same = known.get(text);
    if (same !== undefined) return same;
    if (known.size >= most) known.clear();
    const copy = decoder.decode(encoder.encode(text));
    known.set(copy, copy);
    return copy;
  };
}
