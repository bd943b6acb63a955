/**
 * @file How much a pickle may ask for. Ten times more than the largest public checkpoint of the family needs, and
 * little enough that a pickle made to hurt ends within a second or two and in a few hundred megabytes.
 */

/** Bytes of one pickle. */
export const largestPickle = 64 * 2 ** 20;

/** Operations of one pickle. */
export const mostOperations = 4_000_000;

/** Lists, dicts and objects of one pickle, and copies of their entries. */
export const mostContainers = 1_000_000;

/** Arguments of one call. Each is looked at, and a few bytes may hand over the same ones again and again. */
export const mostArguments = 64;

/** Bytes of one integer; the longest in use is the magic number of ten bytes. */
export const longestInteger = 64;

/** Characters of a name of a class or function. */
export const longestName = 256;
