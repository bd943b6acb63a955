/** @file Answers of the server, for tests that look at what they expect to find. */

// biome-ignore lint/suspicious/noExplicitAny: see above
export async function jsonOf(response: Response | Promise<Response>): Promise<any> {
  return (await response).json();
}
