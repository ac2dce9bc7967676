// Where things lie in the memory that the byte scanner shares with its WebAssembly code; addresses and sizes in bytes.

/** Four pairs of tables of 16 bytes: for each place of a window, the buckets by low and by high half of a byte. */
export const masks = 0;

/** Sixteen bytes to look up a lane in. */
export const scratch = 128;

/** For each of the 8 buckets, the addresses where its sequences begin and end. */
export const buckets = 160;

/** Sets of bytes, a byte each: 1 for a member. */
export const sets = 1024;
export const mostSets = 200;

/** Sequences of sets: length, where its window begins, whether it is sure, a spare byte, then the numbers of its sets. */
export const sequences = sets + mostSets * 256;
export const sequenceSize = 64;
export const longestSequence = 60;
export const mostSequences = 400;

/** What was found, 16 bytes a line: its number, start, end, and whether it is sure. */
export const records = 80 * 1024;
export const recordSize = 16;
export const mostRecords = 4096;

/** The text; the byte before it is a line's end. */
export const text = records + mostRecords * recordSize + 64;

/** How far beyond the text the code may read. */
export const padding = 64;

/** How many places a window has. */
export const windowLength = 4;
