/** @file Who frees tensors: scopes, holders, and in the end the collector. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { aten, keep, liveTensorCount, type TorchTensor, tensor, tidy } from "../src/index.js";

const make = (value = 1) => tensor(Float32Array.of(value), [1], "f32");

let before = 0;
beforeEach(() => {
  before = liveTensorCount();
});
/** Tensors made since the test began and still alive. */
const alive = () => liveTensorCount() - before;

const disposed = expect.objectContaining({
  code: "disposed",
  message: expect.stringMatching(/return it from tidy\(\) or keep\(\) it/),
});

describe("tidy", () => {
  test("frees what was made in it, operators' results included", () => {
    const value = tidy(() => make(2).add(make(3)).mul(4).item());
    expect(value).toBe(20);
    expect(alive()).toBe(0);
  });

  test("frees when the body throws, and passes the error on", () => {
    let inside: TorchTensor | undefined;
    const run = () =>
      tidy(() => {
        inside = make();
        throw new Error("inside");
      });
    expect(run).toThrow("inside");
    expect(alive()).toBe(0);
    expect(() => inside!.item()).toThrow(disposed);
  });

  test("frees when an operator fails", () => {
    expect(() =>
      tidy(() =>
        make()
          .add(aten("aten::zeros", [3]))
          .reshape([7]),
      ),
    ).toThrow(/reshape/);
    expect(alive()).toBe(0);
  });

  test("hands over what it returns: a tensor, or arrays, maps and objects of tensors", () => {
    const one = tidy(() => make(1).add(1));
    expect(alive()).toBe(1);
    expect(one.item()).toBe(2);
    const many = tidy(() => ({
      list: [make(1), [make(2)]],
      map: new Map([["a", make(3)]]),
      none: undefined,
      number: 4,
      again: one,
    }));
    tidy(() => make().item());
    expect(alive()).toBe(4);
    const tensors = [...many.list.flat(), many.map.get("a")!];
    expect(tensors.map((each) => each.item())).toEqual([1, 2, 3]);
    for (const each of [one, ...tensors]) each.dispose();
    expect(alive()).toBe(0);
  });

  test("returning the same tensor twice hands over one", () => {
    const [a, b] = tidy(() => {
      const x = make();
      return [x, x];
    });
    expect(a).toBe(b);
    a!.dispose();
    expect(alive()).toBe(0);
  });

  test("nests: results move to the enclosing scope, which frees them", () => {
    tidy(() => {
      const outer = make();
      const inner = tidy(() => {
        make();
        return make(5);
      });
      expect(alive()).toBe(2);
      expect(inner.item()).toBe(5);
      tidy(() => {});
      expect(outer.item()).toBe(1);
    });
    expect(alive()).toBe(0);
  });

  test("leaves alone what was made before it", () => {
    const outside = make();
    tidy(() => outside);
    tidy(() => outside.add(1).item());
    expect(outside.item()).toBe(1);
    outside.dispose();
    expect(alive()).toBe(0);
  });

  test("refuses a body that returns a promise", async () => {
    let running: Promise<void> | undefined;
    const run = () =>
      tidy(() => {
        make();
        running = Promise.resolve();
        return running;
      });
    expect(run).toThrow(/^tidy: the body must be synchronous/);
    await running;
    expect(alive()).toBe(0);
  });
});

describe("keep", () => {
  test("takes a tensor out of all scopes", () => {
    let kept: TorchTensor | undefined;
    tidy(() => {
      tidy(() => {
        kept = keep(make(3));
      });
      make();
    });
    expect(alive()).toBe(1);
    expect(kept!.item()).toBe(3);
    kept!.dispose();
    expect(alive()).toBe(0);
  });

  test("works from an inner scope on what an outer one made", () => {
    let kept: TorchTensor | undefined;
    tidy(() => {
      const outer = make(6);
      tidy(() => {
        kept = keep(outer);
      });
    });
    expect(kept!.item()).toBe(6);
    kept!.dispose();
    expect(alive()).toBe(0);
  });

  test("a kept tensor may also be returned, and keeping outside of a scope changes nothing", () => {
    const kept = tidy(() => keep(make()));
    expect(keep(kept)).toBe(kept);
    expect(alive()).toBe(1);
    kept.dispose();
    expect(alive()).toBe(0);
  });
});

describe("dispose", () => {
  test("frees at once; twice is once", () => {
    const x = make();
    x.dispose();
    expect(alive()).toBe(0);
    x.dispose();
    x[Symbol.dispose]();
    expect(alive()).toBe(0);
  });

  test("inside a scope is fine, too", () => {
    tidy(() => {
      const x = make();
      x.dispose();
      expect(alive()).toBe(0);
      {
        using y = make();
        expect(y.item()).toBe(1);
      }
      expect(alive()).toBe(0);
    });
    expect(alive()).toBe(0);
  });

  test("makes every use an error that says what to do", () => {
    const [x, y] = [make(), make()];
    x.dispose();
    const uses = [
      () => x.item(),
      () => x.toArray(),
      () => x.shape,
      () => x.add(1),
      () => y.add(x),
      () => y.concat([x], 0),
      () => aten("aten::relu", x),
    ];
    for (const use of uses) expect(use).toThrow(disposed);
    expect(y.item()).toBe(1);
    y.dispose();
    expect(alive()).toBe(0);
  });

  test("of one view leaves the other", () => {
    const x = tensor(Float32Array.of(1, 2), [2], "f32");
    const view = x.reshape([1, 2]);
    x.dispose();
    expect([...view.toArray()]).toEqual([1, 2]);
    view.dispose();
    expect(alive()).toBe(0);
  });
});

test("tensors that are forgotten are freed by the collector", () => {
  const program = fileURLToPath(new URL("forget-tensors.ts", import.meta.url));
  const output = execFileSync(
    process.execPath,
    ["--expose-gc", "--conditions=@dalle-ts/source", "--import=tsx", program],
    { encoding: "utf8" },
  );
  const { live, megabytes } = JSON.parse(output);
  expect(live).toBe(1);
  // 2000 tensors of 1 MB went through; without pressure on the collector they would all be held at the end.
  expect(megabytes).toBeLessThan(1000);
});
