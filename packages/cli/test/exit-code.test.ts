/** @file Errors to exit codes and sentences. */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { failureOf } from "../src/exit-code.js";

test("a wrong option is a usage error, any other DalleError a failure", () => {
  expect(failureOf(badOption("seed", "an integer", "x"), "dalle generate")).toEqual({
    exitCode: 2,
    code: "bad_option",
    message: "seed: expected an integer, got x; see `dalle generate --help`.",
  });
  expect(failureOf(new DalleError("bad_model", "It is cut short; copy it."), "dalle")).toEqual({
    exitCode: 1,
    code: "bad_model",
    message: "It is cut short; copy it.",
  });
});

test("the system's errors say what to check, and bugs how to report them", () => {
  const denied = Object.assign(new Error("EACCES: permission denied, mkdir '/runs'"), {
    syscall: "mkdir",
  });
  expect(failureOf(denied, "dalle")).toMatchObject({ exitCode: 1, code: "io" });
  expect(failureOf(denied, "dalle")!.message).toMatchInlineSnapshot(
    `"EACCES: permission denied, mkdir '/runs'; check the path, its permissions and free space."`,
  );
  const absent = Object.assign(new Error("ENOENT: no such file or directory, open 'a.txt'"), {
    syscall: "open",
    code: "ENOENT",
    path: "a.txt",
  });
  expect(failureOf(absent, "dalle")!.message).toBe("a.txt does not exist; check the path.");
  expect(failureOf(new TypeError("x is not a function"), "dalle")).toMatchObject({
    exitCode: 1,
    code: "unexpected",
  });
  expect(failureOf(new TypeError("x is not a function"), "dalle")!.message).toMatchInlineSnapshot(
    `"Something went wrong that should not (x is not a function); run it again with --debug and report what that prints."`,
  );
  expect(failureOf("thrown text", "dalle")!.message).toContain("thrown text");
});

test("help is no failure", () => {
  expect(failureOf(new CommanderError(0, "commander.helpDisplayed", "help"), "dalle")).toBe(
    undefined,
  );
});
