/**
 * @file What a browser keeps of models between visits, in Cache Storage: small pieces of bytes by name. Where it keeps
 * nothing (no room left, a private window) they stay in memory, and the user is told.
 */

const CACHE_NAME = "dalle-ts";

export class PieceStore {
  readonly #cache: Cache | undefined;
  readonly #names: Set<string>;
  readonly #memory = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #onWarning: ((message: string) => void) | undefined;
  #warned = false;

  private constructor(
    cache: Cache | undefined,
    names: Set<string>,
    onWarning?: (message: string) => void,
  ) {
    this.#cache = cache;
    this.#names = names;
    this.#onWarning = onWarning;
  }

  static async open(onWarning?: (message: string) => void): Promise<PieceStore> {
    try {
      const cache = await caches.open(CACHE_NAME);
      const names = new Set((await cache.keys()).map(({ url }) => url));
      return new PieceStore(cache, names, onWarning);
    } catch (cause) {
      const store = new PieceStore(undefined, new Set(), onWarning);
      store.#warn(cause);
      return store;
    }
  }

  has(name: string): boolean {
    return this.#memory.has(name) || this.#names.has(urlOf(name));
  }

  /** Of what is kept by now, all that begin so, whoever stored it: another page may load a model too. */
  async namesFrom(start: string): Promise<string[]> {
    const stored = ((await this.#cache?.keys()) ?? []).map(({ url }) =>
      url.slice(urlOf("").length),
    );
    return [...stored, ...this.#memory.keys()].filter((name) => name.startsWith(start));
  }

  async get(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const kept = this.#memory.get(name);
    if (kept) return kept;
    const response = await this.#cache?.match(urlOf(name));
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#cache) {
      try {
        await this.#cache.put(urlOf(name), new Response(bytes));
        this.#names.add(urlOf(name));
        return;
      } catch (cause) {
        this.#warn(cause);
      }
    }
    this.#memory.set(name, bytes);
  }

  async delete(name: string): Promise<void> {
    this.#memory.delete(name);
    this.#names.delete(urlOf(name));
    await this.#cache?.delete(urlOf(name));
  }

  #warn(cause: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#onWarning?.(
      `The browser cannot keep the model (${(cause as Error).message}), so the next visit downloads it again; free some space, or leave the private window.`,
    );
  }
}

/** Cache Storage wants addresses of requests; this one is never requested. */
const urlOf = (name: string): string => new URL(`/dalle-ts-store/${name}`, location.origin).href;
