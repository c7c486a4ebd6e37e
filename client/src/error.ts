import type { ApiProblem, FieldReason } from "./client.js";

/** A refusal of the API (RFC 9457), or an answer that is not the API's, such as a proxy's. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  private constructor(
    /** The HTTP status. */
    readonly status: number,
    /** What to branch on: stable, snake_case; `unexpected_answer` when the answer is not the API's. */
    readonly code: string,
    message: string,
    /** What it is about, such as `resource` and `id`, or `field` and `reason`. */
    readonly context: Readonly<Record<string, unknown>>,
    /** What is wrong by field; empty unless `validation_failed`. */
    readonly errors: Readonly<Record<string, readonly string[]>>,
    /** Why, by field and in the order of `errors`: to be worded in one's own language. */
    readonly reasons: Readonly<Record<string, readonly FieldReason[]>>,
    /** To be found again in the server's logs. */
    readonly requestId: string | null,
    /** After how many seconds to try again. */
    readonly retryAfter: number | null,
  ) {
    super(message);
  }

  /** Reads a refusal. */
  static async from(response: Response): Promise<ApiError> {
    const text = await response.text();
    const problem = parse(text);
    const retryAfter = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
    return new ApiError(
      response.status,
      problem?.code ?? "unexpected_answer",
      problem?.detail ?? `The server answered ${response.status}.`,
      isRecord(problem?.context) ? problem.context : {},
      problem?.errors ?? {},
      problem?.reasons ?? {},
      problem?.requestId ?? response.headers.get("X-Request-Id"),
      Number.isNaN(retryAfter) ? null : retryAfter,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): ApiProblem | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) && typeof body["code"] === "string" ? (body as unknown as ApiProblem) : undefined;
  } catch {
    return undefined;
  }
}
