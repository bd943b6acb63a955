export interface LibTorch {
  /** Where it came from. */
  readonly source: "LIBTORCH" | "pip" | "system";
  /** For example "2.13.0". */
  readonly version: string;
  readonly includes: string[];
  readonly libraries: string;
  readonly cuda: boolean;
  /** Its _GLIBCXX_USE_CXX11_ABI, "0" or "1", where it says so. */
  readonly abi?: string;
}
/** Throws, in one sentence, on other systems than Linux and where LIBTORCH leads nowhere. */
export function locateLibTorch(): LibTorch | undefined;
