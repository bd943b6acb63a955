/**
 * @file What is said of an address that did not answer. The browser does not tell a page whether the connection is at fault, or a
 * server of another origin that does not allow it.
 */
import { DalleError } from "@dalle-ts/tensor";

export function unreachable(address: string, cause: Error): DalleError {
  const isElsewhere = /^https?:/.test(address) && !address.startsWith(`${location.origin}/`);
  const next = isElsewhere
    ? "check the address, the connection, and that its server sends Access-Control-Allow-Origin"
    : "check the address and the connection";
  return new DalleError("io", `${address} cannot be reached (${cause.message}); ${next}.`, {
    cause,
  });
}
