/** @file Questions to another process that have no answer yet, each under its number. */

interface Asked<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class OpenQuestions<Answer> {
  readonly #open = new Map<number, Asked<Answer>>();
  #asked = 0;

  get size(): number {
    return this.#open.size;
  }

  /** `answer` settles when somebody calls `answer` or `refuse` with the number. */
  ask(): { readonly number: number; readonly answer: Promise<Answer> } {
    const number = this.#asked++;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#open.set(number, { resolve, reject });
    });
    return { number, answer };
  }

  answer(number: number, answer: Answer): void {
    this.#take(number)?.resolve(answer);
  }

  refuse(number: number, error: Error): void {
    this.#take(number)?.reject(error);
  }

  refuseAll(error: Error): void {
    for (const number of [...this.#open.keys()]) this.refuse(number, error);
  }

  #take(number: number): Asked<Answer> | undefined {
    const asked = this.#open.get(number);
    this.#open.delete(number);
    return asked;
  }
}
