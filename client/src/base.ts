import { ApiError } from "./error.js";

/** What sends requests: `fetch` of the browser, of Node, or one wrapped around it. */
export interface HttpSender {
  fetch(url: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

const answers = new WeakMap<object, Response>();

/** The `ETag` an answer came with, to be sent back as `If-Match`. */
export function etagOf(answer: object): string | undefined {
  return answers.get(answer)?.headers.get("ETag") ?? undefined;
}

/** Base of every generated client: sends the session cookie, gives a typed result or throws an {@link ApiError}. */
export class ApiClientBase {
  protected readonly baseUrl: string;
  protected readonly http: HttpSender;

  /**
   * @param baseUrl Where the API is, without a slash at the end. Default: the page's own origin.
   * @param http What sends the requests. Default: the global `fetch`.
   */
  constructor(baseUrl = "", http: HttpSender = { fetch: (url, init) => globalThis.fetch(url, init) }) {
    this.baseUrl = baseUrl;
    this.http = http;
  }

  protected transformOptions(options: RequestInit): Promise<RequestInit> {
    const headers = new Headers(options.headers);
    for (const [name, value] of [...headers]) {
      // The generated code sends an absent optional header as an empty one, which means something else.
      if (value === "") {
        headers.delete(name);
      }
    }

    if (options.body instanceof Blob && options.body.type !== "") {
      // What a file is, the file knows: imports take CSV and NDJSON.
      headers.set("Content-Type", options.body.type);
    }

    return Promise.resolve({ ...options, headers, credentials: "include" });
  }

  protected async read<T>(response: Response): Promise<T> {
    if (!response.ok) {
      throw await ApiError.from(response);
    }

    const text = await response.text();
    if (text === "") {
      return undefined as T;
    }

    // Not NDJSON, which is JSON by the line only.
    const isJson = /^application\/([\w.-]+\+)?json\b/.test(response.headers.get("Content-Type") ?? "");
    const body: unknown = isJson ? JSON.parse(text) : text;
    if (typeof body === "object" && body !== null) {
      answers.set(body, response);
    }

    return body as T;
  }
}
