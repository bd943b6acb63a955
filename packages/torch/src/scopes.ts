/**
 * @file Who frees native memory. JavaScript's collector does not see the size of a tensor, so tensors made inside
 * `tidy` are freed when it returns, all but those it returns. Outside of any scope the caller disposes, and the
 * collector is the net. Scopes nest and are synchronous.
 */
import { DalleError } from "@dalle-ts/tensor";

/** What a scope holds: something that can be freed and can be told that it now lives without a scope. */
export interface Scoped {
  dispose(): void;
  leaveScopes(): void;
}

const scopes: Set<Scoped>[] = [];

/** Puts a new tensor into the innermost scope; returns false outside of any. */
export function enterScope(tensor: Scoped): boolean {
  const scope = scopes.at(-1);
  scope?.add(tensor);
  return scope !== undefined;
}

/** Takes a tensor out of every scope: from now on its holder disposes it. */
export function keep<K extends Scoped>(tensor: K): K {
  let scoped = false;
  for (const scope of scopes) scoped = scope.delete(tensor) || scoped;
  if (scoped) tensor.leaveScopes();
  return tensor;
}

/**
 * Runs `body` and frees every tensor made in it but those in its result (a tensor, or arrays, maps and plain objects
 * of tensors), which move to the enclosing scope. The tensors are freed as well when `body` throws.
 */
export function tidy<R>(body: () => R): R {
  const scope = new Set<Scoped>();
  scopes.push(scope);
  let result: R;
  try {
    result = body();
    if (result instanceof Promise) {
      result.catch(() => {}); // it goes on without its tensors, and nobody waits for it
      throw new DalleError(
        "bad_option",
        "tidy: the body must be synchronous; await outside of it.",
      );
    }
    visit(result, (tensor) => scope.delete(tensor) && moveOut(tensor));
  } finally {
    scopes.splice(scopes.indexOf(scope), 1);
    for (const tensor of scope) tensor.dispose();
  }
  return result;
}

/** Runs while the ended scope is still innermost, hence the second to last. */
function moveOut(tensor: Scoped): void {
  const outer = scopes.at(-2);
  if (outer) outer.add(tensor);
  else tensor.leaveScopes();
}

function isScoped(value: object): value is Scoped {
  return "leaveScopes" in value;
}

function visit(value: unknown, found: (tensor: Scoped) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isScoped(value)) found(value);
  else if (Array.isArray(value)) for (const entry of value) visit(entry, found);
  else if (value instanceof Map) for (const entry of value.values()) visit(entry, found);
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    for (const entry of Object.values(value)) visit(entry, found);
  }
}
