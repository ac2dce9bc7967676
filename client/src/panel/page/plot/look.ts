// The colours of a plot: those of its own legend, so that both always follow the editor's theme.

/** Colours and patterns as a canvas takes them. */
export interface Look {
  readonly sessions: string;
  /** Under the line of the sessions. */
  readonly under: string;
  readonly accepted: string;
  readonly refused: string;
  /** Stripes, so that refusals differ by more than a colour. */
  readonly stripes: CanvasPattern | string;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

/** Reads the look from the figure's legend and frame. */
export function lookOf(figure: HTMLElement): Look {
  const of = (selector: string): CSSStyleDeclaration => getComputedStyle(figure.querySelector(selector) ?? figure);
  const refused = of(".key.refused").color;
  const frame = of(".chart");
  return {
    sessions: of(".key.sessions").color,
    under: of(".key.sessions").backgroundColor,
    accepted: of(".key.accepted").color,
    refused,
    stripes: stripes(refused),
    text: frame.color,
    grid: frame.borderTopColor,
    // uPlot reads whole pixels only.
    font: `${Math.round(Number.parseFloat(frame.fontSize))}px ${frame.fontFamily}`,
  };
}

function stripes(colour: string): CanvasPattern | string {
  const side = 6 * Math.max(1, Math.round(devicePixelRatio));
  const tile = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = tile.getContext("2d");
  if (pen === null) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = side / 3;
  // One stripe through the middle and its neighbours at the corners, so that the tiles join.
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - side / 2, side * 1.5);
    pen.lineTo(shift + side * 1.5, -side / 2);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat") ?? colour;
}
