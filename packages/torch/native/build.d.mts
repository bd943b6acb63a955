import type { LibTorch } from "./locate.mjs";
export function addonPath(libtorch: LibTorch): string;
export function compiler(): string;
export function isBuilt(libtorch: LibTorch): boolean;
export function build(libtorch: LibTorch): string;
