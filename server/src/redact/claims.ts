// The stretches of one line that are spoken for, and what stands in their place.

/** Claims on a line; the first on a place wins. */
export interface Claims {
  /** Claims a stretch; what replaces it is asked for when the claims are carried out, from left to right. False when a part of it is spoken for, or it is empty. */
  put(start: number, end: number, replacement: () => string): boolean;
  /** The line with every claim carried out. */
  carriedOut(): string;
}

interface Claim {
  readonly start: number;
  readonly end: number;
  readonly replacement: () => string;
}

/** No claims on this line yet. */
export function createClaims(line: string): Claims {
  const marks = new Uint8Array(line.length);
  const claims: Claim[] = [];
  return {
    put(start, end, replacement) {
      if (start >= end || marks.subarray(start, end).includes(1)) return false;
      marks.fill(1, start, end);
      claims.push({ start, end, replacement });
      return true;
    },
    carriedOut() {
      let text = "";
      let from = 0;
      for (const { start, end, replacement } of claims.sort((a, b) => a.start - b.start)) {
        text += line.slice(from, start) + replacement();
        from = end;
      }
      return text + line.slice(from);
    },
  };
}
