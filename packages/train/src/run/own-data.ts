/** @file Recipes on the user's own pictures: the same recipe, with other data in the place of the painted world. */
import { WORLD_VERSION } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import { heldOutCount } from "./held-out.js";
import type { WorldData } from "./recipe.js";

/** Pictures of the user's own. A run belongs to them: resumed with others, it would be another run. */
export interface OwnData {
  /** The name that was given on the command line, for people. */
  readonly source: string;
  /** Of codes, the name of the pictures that they were made from. */
  readonly encodedFrom?: string;
  /** Changes with the records; see `PictureSource` and `CodeShards`. */
  readonly identity: string;
  readonly pictures: number;
}

/** What a source or code shards say of themselves. */
interface Identified {
  readonly path: string;
  readonly sourceName?: string | undefined;
  readonly identity: string;
  readonly count: number;
}

export const isOwnData = (data: object): data is OwnData => "identity" in data;

/** The recipe with the painted world replaced. */
export function withOwnData<Recipe extends { readonly data: object }>(
  recipe: Recipe,
  { path, sourceName, identity, count }: Identified,
): Recipe & { readonly data: OwnData } {
  const encodedFrom = sourceName === undefined ? {} : { encodedFrom: sourceName };
  return { ...recipe, data: { source: path, ...encodedFrom, identity, pictures: count } };
}

/** What the settings of a run say of its data beside its recipe. */
export function dataSettings(data: WorldData | OwnData): object {
  return isOwnData(data) ? { heldOut: heldOutCount(data.pictures) } : { world: WORLD_VERSION };
}

/** Throws unless recipe and pictures belong together. */
export function requireOwnData(data: object, given: Identified | undefined): void {
  const wanted = isOwnData(data) ? data.identity : undefined;
  if (wanted === given?.identity) return;
  throw new DalleError(
    "bad_option",
    `The recipe's data and the pictures that were given differ; make the recipe with withOwnData(recipe, pictures).`,
  );
}

/** What a model folder says of the data it was taught with: in words, and the streams of the painted world among it. */
export interface DescribedData {
  readonly trainedOn: string;
  /** As WorldData, with the names of families that this or another version paints. */
  readonly world: readonly (Omit<TaughtWorld, "families"> & {
    readonly families: readonly string[];
  })[];
}

/** version: the `WORLD_VERSION` that a run saw; runs from before this was noted do not say. */
export type TaughtWorld = WorldData & { readonly version?: number | undefined };

/** Pictures that a model was taught with: by a run, or by all before the model folder that a run began with. */
export type TaughtData = TaughtWorld | OwnData | DescribedData;

export function taughtBy(data: WorldData | OwnData, version: number | undefined): TaughtData {
  return isOwnData(data) || version === undefined ? data : { ...data, version };
}

const isDescribed = (data: object): data is DescribedData => "trainedOn" in data;

/** taught: oldest first. */
export function describeData(taught: readonly TaughtData[]): DescribedData {
  const world = taught.flatMap((data) => {
    if (isDescribed(data)) return data.world;
    return isOwnData(data) ? [] : [data];
  });
  return { trainedOn: taught.map(inWords).join("; then "), world };
}

function inWords(data: TaughtData): string {
  if (isDescribed(data)) return data.trainedOn;
  if (isOwnData(data)) {
    const heldOut = heldOutCount(data.pictures);
    const others = heldOut === 0 ? "" : `, ${heldOut} others of which are held out`;
    return `${data.pictures - heldOut} captioned pictures of ${data.encodedFrom ?? data.source}${others}`;
  }
  const { pictures, families, seed } = data;
  const named = new Intl.ListFormat("en").format(new Set(families));
  return `The painted world of dalle-ts (MIT): ${pictures} pictures of ${named}, seed ${seed}`;
}
