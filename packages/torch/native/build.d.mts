import type { LibTorch } from "./locate.mjs";
export function addonPath(libtorch: LibTorch): string;
export function compiler(): string;
export function isBuilt(libtorch: LibTorch): boolean;
export function compilerArguments(libtorch: LibTorch, output: string): string[];
export function loadFault(addon: string): string | undefined;
export function build(libtorch: LibTorch): string;
