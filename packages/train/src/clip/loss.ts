/** @file CLIP's contrastive loss: each picture of a batch must find its caption, and each caption its picture. */
import { normalise } from "@dalle-ts/models";
import { aten, type TorchTensor, tensor } from "@dalle-ts/torch";

export interface ContrastiveLoss {
  readonly total: TorchTensor;
  /** Share of pictures whose own caption is the nearest in the batch. */
  accuracy(): number;
}

/** CLIP keeps the factor at 100 or below, so that training stays stable. */
const LARGEST_SCALE = 100;

/**
 * In place, after an update: a bound inside the loss would leave a scale that has come to it without a gradient to go
 * back by.
 */
export function limitScale(logScale: TorchTensor): void {
  aten("aten::clamp_max_", logScale, Math.log(LARGEST_SCALE));
}

/** Added to the logit of a picture and a caption, takes them out of the softmax. */
const EXCLUDED = -1e4;

/**
 * images, texts: [N, E], row i of one belongs to row i of the other; logScale: [1]. Where `describes(text, image)` says that a
 * caption is true of another picture than its own, the two count neither for nor against each other.
 */
export function contrastiveLoss(
  images: TorchTensor,
  texts: TorchTensor,
  logScale: TorchTensor,
  describes: (text: number, image: number) => boolean,
): ContrastiveLoss {
  const count = images.shape[0]!;
  const excluded = Float32Array.from({ length: count ** 2 }, (_, place) => {
    const [image, text] = [Math.floor(place / count), place % count];
    return image !== text && describes(text, image) ? EXCLUDED : 0;
  });
  const logits = normalise(images)
    .matmul(normalise(texts), { transposeOther: true })
    .mul(logScale.exp())
    .add(tensor(excluded, [count, count], "f32", images.device));
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
