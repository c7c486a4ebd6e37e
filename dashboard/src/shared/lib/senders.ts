import { expectingUser, type HttpSender } from "@roundtable/client";
import { base } from "./base";
import { noteAnswer } from "./connection";
import type { Progress } from "./jobs";

const every = 150;

let expected: string | null = null;

/** Sets the user whose pages this tab shows: requests are refused if another tab has signed in as another user. Null for no user. */
export function expectUser(id: string | null) {
  expected = id;
}

const forShownUser = (http: HttpSender) => expectingUser(() => expected, http);

/** Sends requests for whoever is signed in, and notes whether the server answers. */
export const plainSender: HttpSender = {
  async fetch(url, init) {
    try {
      const response = await globalThis.fetch(url, init);
      noteAnswer(response.status);
      return response;
    } catch (e) {
      if (!init?.signal?.aborted) {
        noteAnswer(undefined);
      }

      throw e;
    }
  },
};

/** The sender of nearly all requests: names the user for whom they are meant. */
export const sender = forShownUser(plainSender);

/** The address of the first module of the dashboard that the server has now; undefined if it does not answer. */
export async function entryOfServer(): Promise<string | null | undefined> {
  try {
    const response = await globalThis.fetch(`${base}/`, { cache: "no-store" });
    noteAnswer(response.status);
    return response.ok
      ? new DOMParser()
          .parseFromString(await response.text(), "text/html")
          .querySelector("script[type=module]")
          ?.getAttribute("src")
      : undefined;
  } catch {
    noteAnswer(undefined);
    return undefined;
  }
}

/** Passes each response to a callback before it is read, for its headers. */
export function lookingAt(look: (response: Response) => void): HttpSender {
  return {
    async fetch(url, init) {
      const response = await sender.fetch(url, init);
      look(response);
      return response;
    },
  };
}

/** Reports the downloaded bytes, and the rows after the header lines; `expected` is the number of rows, if known. */
export function downloading(report: (progress: Progress) => void, headerLines: number, expected?: number): HttpSender {
  return {
    async fetch(url, init) {
      const response = await sender.fetch(url, init);
      if (!response.ok || !response.body) {
        return response;
      }

      let bytes = 0;
      let lines = 0;
      let told = 0;
      const tell = () => {
        const rows = Math.max(0, lines - headerLines);
        report({ bytes, rows, share: expected ? Math.min(1, rows / expected) : undefined });
      };
      const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          bytes += chunk.length;
          for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
            lines++;
          }

          if (performance.now() - told > every) {
            told = performance.now();
            tell();
          }

          controller.enqueue(chunk);
        },
        flush: tell,
      });
      return new Response(response.body.pipeThrough(counter), response);
    },
  };
}

/** Passes each line of a successful response to a callback as it arrives; the response stays readable. */
export function readingLines(onLine: (line: string) => void): HttpSender {
  return {
    async fetch(url, init) {
      const response = await sender.fetch(url, init);
      if (!response.ok || !response.body) {
        return response;
      }

      const decoder = new TextDecoder();
      let rest = "";
      const reader = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
          rest = lines.pop() ?? "";
          lines.forEach(onLine);
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(reader), response);
    },
  };
}

/** Reports the uploaded bytes, which only XMLHttpRequest, the older of the browser's two APIs, provides. */
export function uploading(report: (progress: Progress) => void): HttpSender {
  return forShownUser({
    fetch: (url, init) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open(init?.method ?? "GET", String(url));
        new Headers(init?.headers).forEach((value, name) => request.setRequestHeader(name, value));
        // Everything is sent: now the server works for an unknown time.
        request.upload.onprogress = (e) => report({ bytes: e.loaded, share: e.loaded < e.total ? e.loaded / e.total : undefined });
        request.upload.onload = (e) => report({ bytes: e.loaded });
        request.onload = () => resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) }));
        request.onerror = () => reject(new TypeError("The request failed."));
        request.onabort = () => reject(new DOMException("The request was aborted.", "AbortError"));
        init?.signal?.addEventListener("abort", () => request.abort());
        request.send(init?.body as XMLHttpRequestBodyInit);
      }),
  });
}

function headersOf(request: XMLHttpRequest) {
  const lines = request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)
    .filter((l) => l !== "");
  return new Headers(lines.map((l) => [l.slice(0, l.indexOf(":")), l.slice(l.indexOf(":") + 1).trim()] as [string, string]));
}
