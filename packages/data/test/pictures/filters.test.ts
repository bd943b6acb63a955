/** @file The paper's filters, on captions as they are found. */
import { expect, test } from "vitest";
import { isBoilerplateCaption, isExtremeAspect, isShortCaption } from "../../src/index.js";

test("short captions", () => {
  for (const caption of ["", "cat", "red cat", "IMG - 12", "狐狸"])
    expect(isShortCaption(caption)).toBe(true);
  for (const caption of ["a red cat", "rote Katze schläft", "一只狐狸坐在田野里"])
    expect(isShortCaption(caption)).toBe(false);
});

test("boilerplate captions", () => {
  const found = [
    ...["Photographed on 12 May 2009", "photo taken on 2012-03-04", "Uploaded on 3.4.2020 by me"],
    ...["IMG_1234", "DSC00042.JPG", "image 7", "2019-05-06", "#12 / 44", "Stock photo of a cat"],
  ];
  for (const caption of found)
    expect([caption, isBoilerplateCaption(caption)]).toEqual([caption, true]);
  const kept = [
    ...["a dog photographed on a beach", "a painting of the year 1984", "image of a red house"],
    ...["a photograph of two cats on a sofa", "a scan of a brain", "taken by surprise"],
  ];
  for (const caption of kept)
    expect([caption, isBoilerplateCaption(caption)]).toEqual([caption, false]);
});

test("aspect ratios outside [1/2, 2]", () => {
  expect([isExtremeAspect(200, 100), isExtremeAspect(100, 200)]).toEqual([false, false]);
  expect([isExtremeAspect(201, 100), isExtremeAspect(100, 201)]).toEqual([true, true]);
});
