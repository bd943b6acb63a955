/** @file What strangers are told of failures. */
import { DalleError } from "@dalle-ts/tensor";
import { expect, test } from "vitest";
import { reported } from "../src/http/api-error.js";

test.each(["io", "bad_model", "not_found"] as const)(
  "%s: no folder of the server, which hears it all",
  (code) => {
    const error = new DalleError(code, "/home/somebody/models/tokenizer.json is damaged; copy it.");
    const heard: Error[] = [];
    const told = reported(error, (each) => heard.push(each));
    expect([told.status, heard]).toEqual([500, [error]]);
    expect(told.message).toBe("The server has trouble with its files; its log says more.");
  },
);
