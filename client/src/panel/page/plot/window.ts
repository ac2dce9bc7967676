// The part of the time that a plot shows: zooming and moving it, as arithmetic.

/** From and to, in milliseconds. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** The whole of a plot, and the shortest part that is worth looking at. */
export interface Bounds {
  readonly full: Span;
  readonly least: number;
}

/** The span, moved and cut so that it lies within the bounds. */
export function fitted({ min, max }: Span, { full, least }: Bounds): Span {
  const whole = full.max - full.min;
  const length = Math.min(whole, Math.max(max - min, least));
  const from = Math.min(Math.max((min + max - length) / 2, full.min), full.max - length);
  return { min: from, max: from + length };
}

/** The span `factor` times as long, around `centre`; its own middle when the centre is out of sight. */
export function zoomed(span: Span, factor: number, centre: number): Span {
  const seen = centre >= span.min && centre <= span.max;
  const middle = seen ? centre : (span.min + span.max) / 2;
  const half = ((span.max - span.min) * factor) / 2;
  return { min: middle - half, max: middle + half };
}

/** The span, later by `share` of its own length; earlier for a negative one. */
export function moved({ min, max }: Span, share: number): Span {
  const by = (max - min) * share;
  return { min: min + by, max: max + by };
}

/** The span, moved just so far that `time` is in sight. */
export function showing(span: Span, time: number): Span {
  const length = span.max - span.min;
  if (time < span.min) return { min: time, max: time + length };
  return time > span.max ? { min: time - length, max: time } : span;
}

/** True when nothing is left out, but for rounding. */
export function isWhole({ min, max }: Span, { full }: Bounds): boolean {
  return min <= full.min + 1 && max >= full.max - 1;
}
