// The WebAssembly code of the byte scanner: finds lines that hold one of many short sequences, sixteen bytes at a time, and counts line ends on the way.
import * as wasm from "./assembler.ts";
import * as layout from "./layout.ts";

const { add, and, constant, get, load16, minus, plus, set, types } = wasm;

/** Local variables of `scan`; the first three are its parameters. */
const from = 0;
const end = 1;
const line = 2;
const at = 3;
const record = 4;
const lanes = 5;
const hit = 6;
const bits = 7;
const breaks = 8;
const sequence = 9;
const place = 10;
const edge = 11;
const mask = 12;
const low = 13;
const high = 14;
const chunk = 15;
const found = 16;
const locals = [...Array<number>(10).fill(types.i32), types.v128, types.v128, types.v128, types.v128];

const lineFeed = wasm.bytes16(10);
const lowestBit = (of: number) => wasm.trailingZeros(get(of));
const withoutLowest = (of: number) => set(of, and(get(of), minus(get(of), constant(1))));

/** The buckets, a bit each, whose window may begin at each of the sixteen bytes from `at` on. */
function windows(): wasm.Code {
  const places = Array.from({ length: layout.windowLength }, (_, index) => index);
  return places.flatMap((index) => [
    ...set(low, load16(get(at), index)),
    ...set(high, wasm.shiftRight16(get(low), constant(4))),
    ...set(low, wasm.and16(get(low), wasm.bytes16(15))),
    ...set(low, wasm.and16(lookUp(2 * index, low), lookUp(2 * index + 1, high))),
    ...set(found, index === 0 ? get(low) : wasm.and16(get(found), get(low))),
  ]);
}

function lookUp(table: number, of: number): wasm.Code {
  return wasm.swizzle(load16(constant(layout.masks + 16 * table)), get(of));
}

/** Whether the byte at `hit` minus the window's start plus `place` is in the sequence's set for that place. */
const belongs = wasm.byteAt(
  plus(
    wasm.shiftLeft(wasm.byteAt(plus(get(sequence), get(place)), 4), constant(8)),
    wasm.byteAt(plus(minus(get(hit), wasm.byteAt(get(sequence), 1)), get(place))),
  ),
  layout.sets,
);

/** Tries the sequences of one bucket at `hit`; jumps out of five blocks, to behind the lanes, when one stands there. */
function trySequences(): wasm.Code {
  const bucket = wasm.shiftLeft(lowestBit(bits), constant(3));
  return [
    ...set(sequence, wasm.load32(bucket, layout.buckets)),
    ...set(edge, wasm.load32(bucket, layout.buckets + 4)),
    ...wasm.block(
      wasm.loop(
        wasm.leaveIf(1, wasm.atLeast(get(sequence), get(edge))),
        set(place, wasm.byteAt(get(sequence))),
        wasm.block(
          wasm.loop(add(place, constant(-1)), wasm.leaveIf(1, wasm.isZero(belongs)), wasm.leaveIf(0, get(place))),
          wasm.leave(5),
        ),
        add(sequence, constant(layout.sequenceSize)),
        wasm.leave(0),
      ),
    ),
  ];
}

/** Tries the lanes that may begin a window: ends with `hit` and `sequence` set, or jumps out of the block around it. */
function tryLanes(): wasm.Code {
  return wasm.block(
    wasm.loop(
      set(hit, plus(get(at), lowestBit(lanes))),
      wasm.leaveIf(2, wasm.atLeast(get(hit), get(end))),
      set(bits, wasm.byteAt(lowestBit(lanes), layout.scratch)),
      wasm.loop(trySequences(), withoutLowest(bits), wasm.leaveIf(0, get(bits))),
      withoutLowest(lanes),
      wasm.leaveIf(0, get(lanes)),
    ),
    wasm.leave(1),
  );
}

/** Writes down the line around `hit`, and goes on behind it. */
function keepLine(): wasm.Code {
  const before = minus(wasm.shiftLeft(constant(1), minus(get(hit), get(at))), constant(1));
  return [
    ...add(line, wasm.ones(and(get(breaks), before))),
    ...wasm.store32(get(record), get(line), 0),
    ...set(edge, get(hit)),
    ...wasm.loop(
      add(edge, constant(-16)),
      set(mask, wasm.maskOf16(wasm.equal16(load16(get(edge)), lineFeed))),
      wasm.leaveIf(0, wasm.isZero(get(mask))),
    ),
    ...add(edge, minus(constant(32), wasm.leadingZeros(get(mask)))),
    ...wasm.store32(get(record), get(edge), 4),
    ...wasm.store32(get(record), sureness(), 12),
    ...toLineEnd(),
    ...wasm.store32(get(record), get(at), 8),
    ...add(record, constant(layout.recordSize)),
    ...wasm.when(wasm.isZero(wasm.atLeast(get(at), get(end))), add(line, constant(1)), add(at, constant(1))),
  ];
}

/** 1 when the sequence alone proves the bait, within the part of a line that is read. */
function sureness(): wasm.Code {
  const near = wasm.isZero(wasm.atLeast(minus(get(hit), get(edge)), constant(32 * 1024)));
  return and(wasm.byteAt(get(sequence), 2), near);
}

/** Sets `at` to the line's end behind `hit`, or to the end of what is scanned. */
function toLineEnd(): wasm.Code {
  return [
    ...set(at, get(hit)),
    ...wasm.block(
      wasm.loop(
        set(mask, wasm.maskOf16(wasm.equal16(load16(get(at)), lineFeed))),
        wasm.leaveIf(1, get(mask)),
        add(at, constant(16)),
        wasm.leaveIf(0, wasm.isZero(wasm.atLeast(get(at), get(end)))),
      ),
    ),
    ...wasm.when(get(mask), add(at, lowestBit(mask))),
    ...wasm.when(wasm.atLeast(get(at), get(end)), set(at, get(end))),
  ];
}

/** The line ends among the last sixteen bytes that lie beyond `end` were counted too. */
function uncountBeyond(): wasm.Code {
  const last = wasm.maskOf16(wasm.equal16(load16(minus(get(at), constant(16))), lineFeed));
  const beyond = wasm.shiftRight(last, minus(constant(16), minus(get(at), get(end))));
  return wasm.when(
    wasm.isZero(wasm.atLeast(get(end), get(at))),
    add(line, minus(constant(0), wasm.ones(beyond))),
    set(at, get(end)),
  );
}

/**
 * `scan(from, end, line)` gives how many records it wrote; the globals `at` and `line` tell where to go on.
 * `from` is the start of a line, which has the number `line`; `end` is behind a line's end or the text's.
 */
const scan: wasm.Function = {
  name: "scan",
  parameters: 3,
  locals,
  body: [
    ...set(at, get(from)),
    ...set(record, constant(layout.records)),
    ...wasm.block(
      wasm.loop(
        wasm.leaveIf(1, wasm.atLeast(get(at), get(end))),
        wasm.leaveIf(1, wasm.atLeast(get(record), constant(layout.records + layout.mostRecords * layout.recordSize))),
        set(chunk, load16(get(at))),
        windows(),
        set(breaks, wasm.maskOf16(wasm.equal16(get(chunk), lineFeed))),
        wasm.block(
          wasm.leaveIf(0, wasm.isZero(wasm.anyOf16(get(found)))),
          wasm.store16(constant(layout.scratch), get(found)),
          set(lanes, wasm.maskOf16(wasm.differ16(get(found), wasm.bytes16(0)))),
          tryLanes(),
          keepLine(),
          wasm.leave(1),
        ),
        add(line, wasm.ones(get(breaks))),
        add(at, constant(16)),
        wasm.leave(0),
      ),
    ),
    ...uncountBeyond(),
    ...wasm.setGlobal(0, get(at)),
    ...wasm.setGlobal(1, get(line)),
    ...wasm.shiftRight(minus(get(record), constant(layout.records)), constant(4)),
  ],
};

/** The module's bytes. */
export function scannerModule(): Uint8Array<ArrayBuffer> {
  return wasm.moduleOf([scan], ["at", "line"]);
}
