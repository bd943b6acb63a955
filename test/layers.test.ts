/** @file The house as a building: which package may import which, and how long a file may be. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every arrow of the house. All packages may import tensor, the errors and types that they share. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  torch: ["tensor"],
  models: ["tensor"],
  data: ["tensor"],
  dalle: ["tensor", "models"],
  train: ["tensor", "torch", "models", "data", "dalle"],
  studio: ["tensor", "dalle"],
  cli: ["tensor", "torch", "models", "data", "dalle", "train", "studio"],
};

/** The package of the house that is imported, whole or by one of its entry points. */
const packageOf = (name: string) =>
  /^dalle-ts(\/|$)/.test(name) ? "dalle" : /^@dalle-ts\/(\w+)/.exec(name)?.[1];

/** Whether the package that is imported names this entry point. */
function isDoor(name: string): boolean {
  const path = `packages/${packageOf(name)}/package.json`;
  const { exports } = JSON.parse(readFileSync(join(root, path), "utf8"));
  const within = name.split("/").slice(name.startsWith("@") ? 2 : 1);
  return Object.hasOwn(exports, [".", ...within].join("/"));
}

/** Files that git knows or would add. */
function filesOf(...patterns: string[]): string[] {
  const argv = ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...patterns];
  const listed = execFileSync("git", argv, { cwd: root, encoding: "utf8" }).trim().split("\n");
  return listed.filter((path) => {
    try {
      return path !== "" && readFileSync(join(root, path)) !== undefined;
    } catch {
      return false; // deleted, and not yet committed
    }
  });
}

interface Import {
  readonly file: string;
  /** As it is written: "./x.js", "@dalle-ts/tensor", "node:fs". */
  readonly from: string;
}

/** Static and dynamic imports and re-exports, types included; `typeof import("x")` names only a type and is left out. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(
    /(?:(?<!["'])\bfrom|(?<!typeof )\bimport)\s*\(?\s*(["'])([^"'\n]+)\1/g,
  );
  return Array.from(found, (match) => ({ file, from: match[2]! }));
}

const sources = filesOf("packages/*/src/**/*.ts", "packages/*/src/*.ts");
const packages = [...new Set(sources.map((file) => file.split("/")[1]!))];

describe("the arrows between packages", () => {
  test("every package has its rule, and the reader of imports finds some", () => {
    expect(packages.filter((name) => !(name in mayImport))).toEqual([]);
    expect(packages.length).toBeGreaterThanOrEqual(7);
    const house = sources.flatMap(importsOf).filter(({ from }) => packageOf(from));
    expect(house.length).toBeGreaterThan(100);
  });

  test.each(packages)("%s imports only what it may", (name) => {
    const wrong = sources
      .filter((file) => file.startsWith(`packages/${name}/`))
      .flatMap(importsOf)
      .filter(({ from }) => {
        const imported = packageOf(from);
        return imported !== undefined && !(mayImport[name]!.includes(imported) && isDoor(from));
      });
    expect(wrong).toEqual([]);
  });

  test.each(packages)("%s reaches into no other package by a path", (name) => {
    const wrong = sources
      .filter((file) => file.startsWith(`packages/${name}/`))
      .flatMap(importsOf)
      .filter(({ file, from }) => {
        if (!from.startsWith(".")) return false;
        return !join(file, "..", from).startsWith(`packages/${name}/`);
      });
    expect(wrong).toEqual([]);
  });

  test.each(packages)("%s lists what it imports in its package.json", (name) => {
    const manifest = JSON.parse(readFileSync(join(root, `packages/${name}/package.json`), "utf8"));
    const listed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const imported = new Set(
      sources
        .filter((file) => file.startsWith(`packages/${name}/`))
        .flatMap(importsOf)
        .map(({ from }) => from)
        .filter((from) => !/^(\.|node:|#)/.test(from))
        .map((from) =>
          from
            .split("/")
            .slice(0, from.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
    );
    expect([...imported].filter((from) => !listed.includes(from))).toEqual([]);
  });

  test("there is no way round in a circle", () => {
    const order = Object.keys(mayImport);
    for (const [name, imports] of Object.entries(mayImport)) {
      for (const imported of imports)
        expect(order.indexOf(imported)).toBeLessThan(order.indexOf(name));
    }
  });
});

describe("the size of files", () => {
  const lengths = filesOf("packages", "test", "bench", "examples")
    .filter((file) => /\.(ts|mts|mjs|cc)$/.test(file))
    .map((file) => ({
      file,
      lines: readFileSync(join(root, file), "utf8").split("\n").length - 1,
    }));

  test("no file is longer than 400 lines", () => {
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    expect(lengths.length).toBeGreaterThan(100);
  });

  test("half of them have at most 150", () => {
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(150);
  });
});
