/** @file Requests to the server that the page came from; every failure is one sentence. */

import type { Explanation, PictureRecord, RunPart, Status } from "./records";

export type * from "./records";

/** The server asks for a key, or for another one. */
export class KeyError extends Error {}

const KEY_PLACE = "dalle-key";

export const storeKey = (key: string): void => sessionStorage.setItem(KEY_PLACE, key);

export function keyHeaders(): Record<string, string> {
  const key = sessionStorage.getItem(KEY_PLACE);
  return key ? { authorization: `Bearer ${key}` } : {};
}

export const status = (): Promise<Status> => json("/api/status");

export async function searchPictures(words: string, favourites: boolean, skip: number) {
  const query = new URLSearchParams({ words, favourites: String(favourites), skip: String(skip) });
  return (await json<{ pictures: PictureRecord[] }>(`/api/pictures?${query}`)).pictures;
}

export const setFavourite = (id: string, favourite: boolean): Promise<PictureRecord> =>
  json(`/api/pictures/${id}`, { method: "PATCH", ...jsonBody({ favourite }) });

export async function deletePicture(id: string): Promise<void> {
  await send(`/api/pictures/${id}`, { method: "DELETE" });
}

export function explainPicture(image: Blob, prompt: string): Promise<Explanation> {
  const body = new FormData();
  body.set("prompt", prompt);
  body.set("image", image, "image.png");
  return json("/api/explain", { method: "POST", body });
}

/** Captions that begin with this text. */
export const continueCaption = async (prompt: string): Promise<string[]> =>
  (await json<{ captions: string[] }>("/api/continue", { method: "POST", ...jsonBody({ prompt }) }))
    .captions;

export const listRuns = async () =>
  (await json<{ runs: { name: string }[] }>("/api/runs")).runs.map(({ name }) => name);

export const runPart = (name: string, after: number): Promise<RunPart> =>
  json(`/api/runs/${encodeURIComponent(name)}/metrics?after=${after}`);

/** An object URL: an <img> cannot carry a key. */
export async function sheetUrl(run: string, sheet: string): Promise<string> {
  const path = `/api/runs/${encodeURIComponent(run)}/sheets/${encodeURIComponent(sheet)}`;
  return URL.createObjectURL(await (await send(path)).blob());
}

export const pictureUrl = (id: string): string => `/pictures/${id}.png`;

export const jsonBody = (fields: object): RequestInit => ({
  body: JSON.stringify(fields),
  headers: { "content-type": "application/json" },
});

export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, ...keyHeaders() };
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Error("The server does not answer; check that `dalle serve` still runs.");
  }
  if (response.ok) return response;
  const message = await response.json().then(
    (body) => body.error?.message as string,
    () => `The server answered ${response.status}; try again.`,
  );
  throw response.status === 401 ? new KeyError(message) : new Error(message);
}

async function json<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  return (await send(path, init)).json();
}
