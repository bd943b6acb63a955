/** @file How much of a stranger's file is taken into memory. Everything larger is a problem of that record alone. */

/** Of one encoded picture. Cameras stay below a quarter of it. */
export const MOST_PICTURE_BYTES = 256 * 2 ** 20;
/** Of one caption file or caption; alt texts of the web stay far below it. */
export const MOST_CAPTION_BYTES = 64 * 2 ** 10;
/** Of one line of a listing, or one row of a CSV file. */
export const MOST_LINE_BYTES = 2 ** 20;
/** Of one column of a row group in a Parquet file, compressed or not, and of one of its pages. */
export const MOST_COLUMN_BYTES = 2 ** 28;
/** Folders below folders; a deeper tree is a mistake, such as a copy of itself. */
export const MOST_DEPTH = 64;
