/** @file A program that adds pictures to the library of the folder in its argument, and deletes some, until it is killed. */
import { Library } from "../../src/library/library.js";

const library = Library.open(process.argv[2]!);
const png = Buffer.from(process.argv[3]!, "base64");
const picture = {
  request: "r",
  kind: "generation" as const,
  caption: "a ball",
  seed: 1,
  settings: {},
  model: "tiny",
  modelHash: "h",
  width: 8,
  height: 8,
};
for (let count = 1; ; count++) {
  const { id } = await library.add(Library.newId(), picture, png);
  if (count === 1) process.send!("added");
  if (count % 3 === 0) await library.delete(id);
}
