// Writes WebAssembly modules: the few instructions and sections of the binary format (WebAssembly 2.0, chapter 5) that our scanner needs.

/** Bytes of code: instructions in the order in which the machine runs them. */
export type Code = readonly number[];

/** The two kinds of values that our code uses. */
export const types = { i32: 0x7f, v128: 0x7b } as const;

/** An unsigned number, as the format writes numbers (LEB128). */
export function unsigned(value: number): Code {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) | 128, ...unsigned(rest)];
}

function signed(value: number): Code {
  const rest = value >> 7;
  const low = value & 127;
  return (rest === 0 && low < 64) || (rest === -1 && low >= 64) ? [low] : [low | 128, ...signed(rest)];
}

/** A 32-bit constant. */
export function constant(value: number): Code {
  return [0x41, ...signed(value | 0)];
}

/** Sixteen times the same byte. */
export function bytes16(value: number): Code {
  return [0xfd, 0x0c, ...Array<number>(16).fill(value)];
}

/** The value of a local variable. */
export function get(local: number): Code {
  return [0x20, local];
}

/** Stores what `value` computes in a local variable. */
export function set(local: number, value: Code): Code {
  return [...value, 0x21, local];
}

/** Stores what `value` computes in a global variable. */
export function setGlobal(global: number, value: Code): Code {
  return [...value, 0x24, global];
}

/** Adds to a local variable. */
export function add(local: number, value: Code): Code {
  return set(local, plus(get(local), value));
}

function binary(opcode: Code): (a: Code, b: Code) => Code {
  return (a, b) => [...a, ...b, ...opcode];
}

function unary(opcode: Code): (a: Code) => Code {
  return (a) => [...a, ...opcode];
}

export const plus = binary([0x6a]);
export const minus = binary([0x6b]);
export const and = binary([0x71]);
export const or = binary([0x72]);
export const shiftLeft = binary([0x74]);
export const shiftRight = binary([0x76]);
export const atLeast = binary([0x4f]);
export const equal = binary([0x46]);
export const isZero = unary([0x45]);
export const leadingZeros = unary([0x67]);
export const trailingZeros = unary([0x68]);
export const ones = unary([0x69]);
export const and16 = binary([0xfd, 0x4e]);
export const equal16 = binary([0xfd, 0x23]);
export const differ16 = binary([0xfd, 0x24]);
export const shiftRight16 = binary([0xfd, 0x6d]);
export const swizzle = binary([0xfd, 0x0e]);
export const anyOf16 = unary([0xfd, 0x53]);
export const maskOf16 = unary([0xfd, 0x64]);

/** The byte at an address and an offset to it. */
export function byteAt(address: Code, offset = 0): Code {
  return [...address, 0x2d, 0, ...unsigned(offset)];
}

/** 32 bits from an address and an offset to it. */
export function load32(address: Code, offset: number): Code {
  return [...address, 0x28, 2, ...unsigned(offset)];
}

/** Sixteen bytes from an address and an offset to it, aligned or not. */
export function load16(address: Code, offset = 0): Code {
  return [...address, 0xfd, 0x00, 0, ...unsigned(offset)];
}

/** Writes sixteen bytes to an address. */
export function store16(address: Code, value: Code): Code {
  return [...address, ...value, 0xfd, 0x0b, 0, 0];
}

/** Writes 32 bits to an address and an offset to it. */
export function store32(address: Code, value: Code, offset: number): Code {
  return [...address, ...value, 0x36, 2, ...unsigned(offset)];
}

/** Code that `leave` jumps out of. */
export function block(...body: readonly Code[]): Code {
  return [0x02, 0x40, ...body.flat(), 0x0b];
}

/** Code that `leave` jumps back to the start of. */
export function loop(...body: readonly Code[]): Code {
  return [0x03, 0x40, ...body.flat(), 0x0b];
}

/** Runs the body when the condition is not 0. */
export function when(condition: Code, ...body: readonly Code[]): Code {
  return [...condition, 0x04, 0x40, ...body.flat(), 0x0b];
}

/** Jumps to the end of a block or the start of a loop, `depth` of them outward from the innermost. */
export function leave(depth: number): Code {
  return [0x0c, depth];
}

/** The same, if the condition is not 0. */
export function leaveIf(depth: number, condition: Code): Code {
  return [...condition, 0x0d, depth];
}

/** One function of 32-bit parameters and one 32-bit result; locals are numbered behind the parameters. */
export interface Function {
  readonly name: string;
  readonly parameters: number;
  /** The type of each local variable. */
  readonly locals: readonly number[];
  readonly body: Code;
}

function section(id: number, entries: readonly Code[]): Code {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function named(name: string): Code {
  return [name.length, ...[...name].map((letter) => letter.charCodeAt(0))];
}

function bodyOf({ locals, body }: Function): Code {
  const code = [...unsigned(locals.length), ...locals.flatMap((type) => [1, type]), ...body, 0x0b];
  return [...unsigned(code.length), ...code];
}

/** A module that imports its memory as `env.memory`, exports its functions, and its 32-bit variables by name. */
export function moduleOf(functions: readonly Function[], globals: readonly string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, parameters, ...Array<number>(parameters).fill(types.i32), 1, types.i32]),
    ),
    ...section(2, [[...named("env"), ...named("memory"), 0x02, 0x00, 0x01]]),
    ...section(
      3,
      functions.map((_, index) => [index]),
    ),
    ...section(
      6,
      globals.map(() => [types.i32, 1, ...constant(0), 0x0b]),
    ),
    ...section(7, [
      ...functions.map(({ name }, index) => [...named(name), 0x00, index]),
      ...globals.map((name, index) => [...named(name), 0x03, index]),
    ]),
    ...section(10, functions.map(bodyOf)),
  ]);
}
