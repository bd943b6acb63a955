/** @module Recipes, trainers, checkpoints, and export to a model folder. */
export * from "./checkpoint/checkpoint.js";
export * from "./dvae/recipe.js";
export * from "./dvae/task.js";
export * from "./dvae/train-dvae.js";
export * from "./export/export-dvae.js";
export * from "./export/export-transformer.js";
export * from "./recipes/world-64-dvae.js";
export * from "./transformer/recipe.js";
export * from "./transformer/task.js";
