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
  ask(): { readonly question: number; readonly answer: Promise<Answer> } {
    const question = this.#asked++;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#open.set(question, { resolve, reject });
    });
    return { question, answer };
  }

  answer(question: number, answer: Answer): void {
    this.#take(question)?.resolve(answer);
  }

  refuse(question: number, error: Error): void {
    this.#take(question)?.reject(error);
  }

  refuseAll(error: Error): void {
    for (const question of [...this.#open.keys()]) this.refuse(question, error);
  }

  #take(question: number): Asked<Answer> | undefined {
    const asked = this.#open.get(question);
    this.#open.delete(question);
    return asked;
  }
}
