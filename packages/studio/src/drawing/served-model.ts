/** @file What the server knows of the model that it serves; the weights are in the model's own process. */
import {
  type CaptionTokenizer,
  captionLimit,
  codeGrid,
  type DrawingConfig,
  readCaptionTokenizer,
  readModelFolder,
  requireDrawing,
} from "dalle-ts/parts";

export interface ServedModel {
  readonly folder: string;
  readonly name: string;
  /** As it is written into pictures. */
  readonly hash: string;
  readonly config: DrawingConfig;
  readonly tokenizer: CaptionTokenizer;
  /** Side of its pictures in pixels. */
  readonly imageSize: number;
  /** Codes along one side. */
  readonly gridSide: number;
  /** Tokens of a caption that it reads. */
  readonly captionTokens: number;
  /** Whether it can say where it looked for the words of a caption. */
  readonly canExplain: boolean;
  /** Whether it can say how captions go on. */
  readonly canContinue: boolean;
}

/** Checks that every file is there; the model's process compares their hashes when it loads them. */
export async function readServedModel(folder: string): Promise<ServedModel> {
  const files = await readModelFolder(folder, { verify: "size" });
  const { hash } = files;
  const config = requireDrawing(files.config);
  const { imageSize, side: gridSide } = codeGrid(config.dvae);
  return {
    folder,
    hash,
    config,
    name: config.name,
    tokenizer: await readCaptionTokenizer(files), // as the model's process reads captions
    imageSize,
    gridSide,
    captionTokens: captionLimit(config.transformer),
    canExplain: Object.hasOwn(config.files, "transformer-explain.onnx"),
    canContinue: Object.hasOwn(config.files, "transformer-text.onnx"),
  };
}
