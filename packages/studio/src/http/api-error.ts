/** @file Refusals in the shape of OpenAI's API [SPEC §8], and the one place where errors become HTTP. */
import { DalleError } from "@dalle-ts/tensor";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { QueueFullError } from "../queue/queue-full-error.js";

export interface ApiErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

interface ApiErrorDetails {
  readonly param?: string;
  readonly code?: string;
  /** Sent as Retry-After. */
  readonly retryAfterSeconds?: number;
}

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ContentfulStatusCode;
  readonly details: ApiErrorDetails;

  /** message: one sentence that ends with the next step. */
  constructor(status: ContentfulStatusCode, message: string, details: ApiErrorDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  get body(): ApiErrorBody {
    const { param = null, code = null } = this.details;
    return { error: { message: this.message, type: typeOf(this.status), param, code } };
  }
}

/** invalid("n", "an integer in [1, 10]", 11) → 400 "n: expected an integer in [1, 10], got 11." */
export function invalid(param: string, expected: string, got: unknown): ApiError {
  const shown = got === undefined ? "nothing" : (JSON.stringify(got)?.slice(0, 80) ?? typeof got);
  const message = `${param}: expected ${expected}, got ${shown}; see docs/serve.md.`;
  return new ApiError(400, message, { param, code: "invalid_value" });
}

/** What a client is told of any error. */
export function apiErrorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof QueueFullError) {
    const { message, retryAfterSeconds } = error;
    return new ApiError(429, message, { code: "queue_full", retryAfterSeconds });
  }
  if (error instanceof DalleError) return fromDalleError(error);
  if (error instanceof HTTPException)
    return new ApiError(error.status as ContentfulStatusCode, error.message);
  if ((error as NodeJS.ErrnoException).code === "ECONNRESET") {
    return new ApiError(CLIENT_LEFT, "The client left before its request was whole.");
  }
  return new ApiError(500, "Something went wrong that should not; the server's log says more.", {
    code: "unexpected",
  });
}

/** What a client is told of an error; `report` hears of it where it is the server's own. */
export function reported(error: unknown, report: (error: Error) => void): ApiError {
  const told = apiErrorOf(error);
  if (told.status >= 500 && told !== error) report(error as Error);
  return told;
}

const filesTrouble = "The server has trouble with its files; its log says more.";

/** What is told instead of messages that name folders of the server, which is nothing to tell a stranger. */
const toldInstead: Partial<Record<DalleError["code"], string>> = {
  io: filesTrouble,
  bad_model: filesTrouble,
  not_found: filesTrouble,
  no_memory: "The server is short of memory; ask for fewer pictures, or try again later.",
};

/** Nobody hears it; the metrics count it. */
const CLIENT_LEFT = 499 as ContentfulStatusCode;

const statuses: Partial<Record<DalleError["code"], ContentfulStatusCode>> = {
  bad_option: 400,
  bad_shape: 400,
  bad_file: 400,
  unsupported: 400,
  aborted: CLIENT_LEFT,
  disposed: 503,
  no_memory: 503,
};

function fromDalleError({ code, message }: DalleError): ApiError {
  const instead = toldInstead[code];
  if (instead) return new ApiError(statuses[code] ?? 500, instead, { code });
  // Errors about options begin with the option's name.
  const param = code === "bad_option" ? /^[a-zA-Z_.]+(?=:)/.exec(message)?.[0] : undefined;
  const sentence = message.endsWith(".") ? message : `${message}; see docs/serve.md.`;
  return new ApiError(statuses[code] ?? 500, sentence, { code, ...(param && { param }) });
}

function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}
