/** @file What is wrong with a file, found by code that does not know the file's name; whoever does makes the error. */

/** `message` is the middle of a sentence: "it ends inside tensor …". */
export class FileFault extends Error {}
