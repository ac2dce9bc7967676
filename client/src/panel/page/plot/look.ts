// The colours of a plot: those of its own legend, so that both always follow the editor's theme.

/** What is around the bars and lines, as a canvas takes it. */
export interface FrameLook {
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

/** Colours and patterns as a canvas takes them. */
export interface Look extends FrameLook {
  readonly sessions: string;
  /** Under the line of the sessions. */
  readonly under: string;
  readonly accepted: string;
  readonly refused: string;
  /** Stripes, so that refusals differ by more than a colour. */
  readonly stripes: CanvasPattern | string;
}

/** The look of a plot of failures. */
export interface FailureLook extends FrameLook {
  readonly permanent: string;
  readonly stripes: CanvasPattern | string;
  readonly temporary: string;
  readonly ours: string;
  /** Dots, so that each kind differs by more than a colour. */
  readonly dots: CanvasPattern | string;
}

/** Reads the look from the figure's legend and frame. */
export function lookOf(figure: HTMLElement): Look {
  const of = styleIn(figure);
  const refused = of(".key.refused").color;
  return {
    ...frameOf(figure),
    sessions: of(".key.sessions").color,
    under: of(".key.sessions").backgroundColor,
    accepted: of(".key.accepted").color,
    refused,
    stripes: stripes(refused),
  };
}

/** The same for a plot of failures. */
export function failureLookOf(figure: HTMLElement): FailureLook {
  const of = styleIn(figure);
  const [permanent, ours] = [of(".key.permanent").color, of(".key.ours").color];
  return {
    ...frameOf(figure),
    ...{ permanent, stripes: stripes(permanent), temporary: of(".key.temporary").color, ours, dots: dots(ours) },
  };
}

function styleIn(figure: HTMLElement): (selector: string) => CSSStyleDeclaration {
  return (selector) => getComputedStyle(figure.querySelector(selector) ?? figure);
}

function frameOf(figure: HTMLElement): FrameLook {
  const frame = styleIn(figure)(".chart");
  return {
    text: frame.color,
    grid: frame.borderTopColor,
    // uPlot reads whole pixels only.
    font: `${Math.round(Number.parseFloat(frame.fontSize))}px ${frame.fontFamily}`,
  };
}

function dots(colour: string): CanvasPattern | string {
  const side = 5 * Math.max(1, Math.round(devicePixelRatio));
  const tile = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = tile.getContext("2d");
  if (pen === null) return colour;
  // The bars behind these must not be seen through them.
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, side, side);
  pen.fillStyle = colour;
  pen.arc(side / 2, side / 2, side / 3.5, 0, 2 * Math.PI);
  pen.fill();
  return pen.createPattern(tile, "repeat") ?? colour;
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
