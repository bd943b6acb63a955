/** @file How many pictures one key may have waiting or under way. */
import { ApiError } from "../http/api-error.js";

export class OwnerLimits {
  readonly #limit: number | undefined;
  readonly #taken = new Map<string, number>();

  /** limit: pictures for each owner. @default no limit */
  constructor(limit?: number) {
    this.#limit = limit;
  }

  /**
   * Counts the pictures until the function that it returns is called; refuses those over the limit, also for now. field: of the
   * request, which asks for so many.
   */
  take(owner: string, pictures: number, field: "n" | "rerank"): () => void {
    const before = this.#taken.get(owner) ?? 0;
    const code = "key_limit";
    if (this.#limit !== undefined && pictures > this.#limit) {
      const message = `${field}: this key may have ${this.#limit} pictures under way; ask for fewer at once.`;
      throw new ApiError(400, message, { code, param: field });
    }
    if (this.#limit !== undefined && before + pictures > this.#limit) {
      const message = `This key has ${before} of ${this.#limit} pictures under way; wait for them, or ask for fewer.`;
      throw new ApiError(429, message, { code, retryAfterSeconds: 5 });
    }
    this.#taken.set(owner, before + pictures);
    return () => {
      const left = this.#taken.get(owner)! - pictures;
      if (left === 0) this.#taken.delete(owner);
      else this.#taken.set(owner, left);
    };
  }
}
