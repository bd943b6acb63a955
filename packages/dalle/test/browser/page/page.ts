/** @file The page under test: the library, within reach of the tests. */
import * as library from "dalle-ts";

Object.assign(globalThis, { library });
