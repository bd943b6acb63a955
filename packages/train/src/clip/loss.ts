/** @file CLIP's contrastive loss: each picture of a batch must find its caption, and each caption its picture. */
import { normalise } from "@dalle-ts/models";
import { aten, type TorchTensor, tensor } from "@dalle-ts/torch";

export interface ContrastiveLoss {
  readonly total: TorchTensor;
  /** Share of pictures whose own caption is the nearest in the batch. */
  accuracy(): number;
}

/** CLIP keeps the factor below 100, so that training stays stable. */
const LARGEST_SCALE = 100;

/** images, texts: [N, E], row i of one belongs to row i of the other; logScale: [1]. */
export function contrastiveLoss(
  images: TorchTensor,
  texts: TorchTensor,
  logScale: TorchTensor,
): ContrastiveLoss {
  const count = images.shape[0]!;
  const scale = aten("aten::clamp_max", logScale, Math.log(LARGEST_SCALE)).exp();
  const logits = normalise(images).matmul(normalise(texts), { transposeOther: true }).mul(scale);
  const own = tensor(
    BigInt64Array.from({ length: count }, (_, row) => BigInt(row)),
    [count],
    "i64",
    images.device,
  );
  const ofImages = aten("aten::cross_entropy_loss", logits, own);
  const ofTexts = aten("aten::cross_entropy_loss", logits.permute([1, 0]), own);
  return {
    total: ofImages.add(ofTexts).div(2),
    accuracy: () => {
      const found = logits.argmax(1).toArray() as BigInt64Array;
      return found.reduce((right, row, index) => right + Number(Number(row) === index), 0) / count;
    },
  };
}
