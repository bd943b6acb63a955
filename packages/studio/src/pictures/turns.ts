/** @file Whose turn it is to decode or encode a picture. */
import { FewAtATime } from "./few-at-a-time.js";

/**
 * A large picture takes a second and, sent to be decoded, half a gigabyte; and of Node's four threads some must be left to
 * read files with. A job must not wait for another turn within its own.
 */
export const pictureTurns = new FewAtATime(2);
