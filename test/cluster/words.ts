// What a stranger could say to make a template long, slow or broken.

/** Texts of up to a million letters. */
export function nasty(): readonly string[] {
  const stretches = [
    "a",
    "1",
    ".",
    ":",
    "@",
    "[",
    "<",
    "=",
    "http://",
    "a.",
    "1.",
    "::",
    "%",
    " ",
    "\u202e",
    "\ud800",
    "550-",
    "{",
  ];
  return stretches.flatMap((stretch) => [
    stretch.repeat(4_096),
    `550 ${stretch.repeat(1_000)} x${stretch.repeat(3_000)}`,
    stretch.repeat(1_000_000 / stretch.length),
  ]);
}
