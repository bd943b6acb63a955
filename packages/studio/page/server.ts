/** @file Requests to the server that the page came from; every failure is one sentence. */

import { BusyError } from "./draw/few-at-a-time";
import type { Explanation, PictureRecord, RunPart, Status } from "./records";

export type * from "./records";

/** The server asks for a key, or for another one. */
export class KeyError extends Error {}

const KEY_PLACE = "dalle-key";

export const storeKey = (key: string): void => sessionStorage.setItem(KEY_PLACE, key);

/** Undefined where the server asks for none. */
export const storedKey = (): string | undefined => sessionStorage.getItem(KEY_PLACE) ?? undefined;

export function keyHeaders(): Record<string, string> {
  const key = storedKey();
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

/** Saves the whole library as the browser saves files. */
export async function saveExport(): Promise<void> {
  const path = "/api/export";
  // A link carries no key; where none is asked for, the browser writes the file while it comes.
  const url = storedKey() ? URL.createObjectURL(await (await send(path)).blob()) : path;
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: "dalle-pictures.tar" }).click();
  if (url !== path) setTimeout(() => URL.revokeObjectURL(url), 60_000); // by then it is being saved
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
  if (response.status === 401) throw new KeyError(message);
  const seconds = Number(response.headers.get("retry-after"));
  throw response.status === 429 ? new BusyError(message, seconds || 1) : new Error(message);
}

async function json<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  return (await send(path, init)).json();
}
