export interface LibTorch {
  /** Where it came from. */
  readonly source: "LIBTORCH" | "pip" | "system";
  /** For example "2.13.0". */
  readonly version: string;
  readonly includes: string[];
  readonly libraries: string;
  readonly cuda: boolean;
}
export function locateLibTorch(): LibTorch | undefined;
