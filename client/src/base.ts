import { ApiError } from "./error.js";

/** What sends requests: `fetch` of the browser, of Node, or one wrapped around it. */
export interface HttpSender {
  fetch(url: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

/** How a `RoundtableClient` sends requests. */
export interface ClientOptions {
  /** The API key of a user or a service account. Without one, requests send the session cookie. */
  apiKey?: string | undefined;
  /** What sends the requests. Default: the global `fetch`. */
  http?: HttpSender | undefined;
}

const globalFetch: HttpSender = { fetch: (url, init) => globalThis.fetch(url, init) };

const answers = new WeakMap<object, Response>();

/** What sends the requests of all clients: with the API key in place of the session cookie, if there is one. */
export function senderOf(baseUrl: string, { apiKey, http = globalFetch }: ClientOptions): HttpSender {
  if (apiKey === undefined) {
    return http;
  }

  const key = apiKey.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    // Here, because the message of `Headers` would repeat the key.
    throw new TypeError("The API key is empty or has characters that no key has.");
  }

  const origin = originOf(baseUrl);
  return {
    fetch: async (url, init) => {
      if (originOf(url instanceof Request ? url.url : url) !== origin) {
        throw new TypeError("The API key is sent to the origin of the client's address only.");
      }

      const headers = new Headers(init?.headers);
      headers.set("Authorization", `Bearer ${key}`);
      // The API does not redirect, so that a redirect leads elsewhere. `fetch` itself removes the header on the way to another
      // origin; a sender may not.
      return http.fetch(url, { ...init, headers, credentials: "omit", redirect: "error" });
    },
  };
}

/**
 * Names the user for whom requests are meant. A cookie belongs to the browser, and another tab may have signed in as another user: then
 * requests fail with `other_user`, and nothing is done or read.
 * @param user Returns the id of the user whose page this is; null if the page is nobody's.
 */
export function expectingUser(user: () => string | null, http: HttpSender = globalFetch): HttpSender {
  return {
    fetch: (url, init) => {
      const id = user();
      if (id === null) {
        return http.fetch(url, init);
      }

      const headers = new Headers(init?.headers);
      headers.set("X-Expected-User", id);
      return http.fetch(url, { ...init, headers });
    },
  };
}

// In a browser an address without origin is on the page's own.
function originOf(url: string | URL): string {
  return new URL(url, globalThis.location?.href).origin;
}

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
  constructor(baseUrl = "", http: HttpSender = globalFetch) {
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

  protected async readFile(response: Response): Promise<Blob> {
    if (!response.ok) {
      throw await ApiError.from(response);
    }

    return response.blob();
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
