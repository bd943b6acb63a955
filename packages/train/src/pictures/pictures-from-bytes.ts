/** @file Pictures as bytes on their way to libtorch. */
import { type TorchTensor, tensor } from "@dalle-ts/torch";

/** Bytes of `count` pictures → [count, 3, size, size] in [0, 1], laid out channel-last as libtorch's convolutions like it. */
export function picturesFromBytes(
  bytes: Uint8Array,
  count: number,
  size: number,
  device: string,
): TorchTensor {
  return tensor(bytes, [count, size, size, 3], "u8", device)
    .cast("f32")
    .div(255)
    .permute([0, 3, 1, 2]);
}
