/** @file What to say of a file that cannot be opened. */
import { DalleError } from "../errors.js";

export function cannotOpen(path: string, cause: NodeJS.ErrnoException): DalleError {
  const message =
    cause.code === "ENOENT"
      ? `${path} does not exist; check the path.`
      : `Cannot open ${path} (${cause.code ?? cause.message}); check the path and its permissions.`;
  return new DalleError("not_found", message, { cause });
}
