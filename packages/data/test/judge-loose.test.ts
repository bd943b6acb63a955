/**
 * @file What a person would still call right, and the painter never paints: things that touch, solids far apart or a
 * little behind each other. Whoever draws from words draws such pictures, so judges must read them.
 */
import { describe, expect, test } from "vitest";
import { judge, paint, Random, type Scene, sampleScene } from "../src/index.js";
import { readSolids } from "../src/world/blocks/read.js";
import { readThings } from "../src/world/counting/read.js";
import { lookAt } from "../src/world/judge/picture.js";

const size = 128;
type Counting = Extract<Scene, { family: "counting" }>;
type Blocks = Extract<Scene, { family: "blocks" }>;

/** Scenes of one kind, by a fixed seed. */
function scenesOf<Of extends Scene>(
  family: Of["family"],
  count: number,
  fits: (scene: Of) => boolean,
): Of[] {
  const scenes: Of[] = [];
  for (let index = 0; scenes.length < count; index++) {
    const scene = sampleScene(family, new Random(20210105, index)) as Of;
    if (fits(scene)) scenes.push(scene);
  }
  return scenes;
}

describe("the judge of counting", () => {
  const several = scenesOf<Counting>(
    "counting",
    50,
    ({ nuisance }) => nuisance.layout.spots.length > 1,
  );

  /** Things of each row side by side, `gap` canvas units between their squares. */
  function crowded(scene: Counting, gap: number): Counting {
    const { layout } = scene.nuisance;
    const rows = new Map<number, typeof layout.spots>();
    for (const spot of layout.spots) rows.set(spot.y, [...(rows.get(spot.y) ?? []), spot]);
    const spots = [...rows.values()].flatMap((row) =>
      row.map((spot, index) => ({
        ...spot,
        x: 32 + (index - (row.length - 1) / 2) * (layout.size + gap),
      })),
    );
    return { ...scene, nuisance: { ...scene.nuisance, layout: { ...layout, spots } } };
  }

  test.each([1, 0, -1])("counts things with %i canvas units between them", (gap) => {
    const right = several.filter((scene) => {
      const seen = readThings(lookAt(paint(crowded(scene, gap), size), size));
      return seen?.number === scene.nuisance.layout.spots.length;
    });
    expect(right.length / several.length).toBeGreaterThanOrEqual(0.98);
  });
});

describe("the judge of blocks", () => {
  test("calls it left however far apart two solids stand", () => {
    const beside = scenesOf<Blocks>(
      "blocks",
      40,
      ({ relation }) => relation === "left" || relation === "right",
    );
    const right = beside.filter((scene) => {
      const farther = { ...scene, nuisance: { ...scene.nuisance, slack: 3 } }; // of 1 at most
      return judge(farther, paint(farther, size), size).relation;
    });
    expect(right.length / beside.length).toBeGreaterThanOrEqual(0.95);
  });

  test("sees two solids of one colour that stand apart", () => {
    const small = scenesOf<Blocks>(
      "blocks",
      30,
      ({ solids }) => solids.length === 1 && ["tiny", "small"].includes(solids[0]!.size),
    );
    const right = small.filter((scene) => {
      const seen = readSolids(lookAt(twice(paint(scene, size)), size));
      return seen.length === 2 && seen[0]!.colour === seen[1]!.colour;
    });
    expect(right.length / small.length).toBeGreaterThanOrEqual(0.95);
  });
});

/** The picture moved to the left in its left half, and to the right in its right half: what was in its middle is there twice. */
function twice(pixels: Uint8Array): Uint8Array {
  const by = size / 4;
  return pixels.map((_, at) => {
    const [row, x, channel] = [Math.floor(at / 3 / size), Math.floor(at / 3) % size, at % 3];
    const from = x < size / 2 ? Math.min(size - 1, x + by) : Math.max(0, x - by);
    return pixels[(row * size + from) * 3 + channel]!;
  });
}
