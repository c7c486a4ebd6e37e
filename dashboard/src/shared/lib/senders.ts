import type { HttpSender } from "@roundtable/client";
import type { Progress } from "./jobs";

const every = 150;

/** Shows each answer before it is read, for what its headers say. */
export function lookingAt(look: (response: Response) => void): HttpSender {
  return {
    async fetch(url, init) {
      const response = await globalThis.fetch(url, init);
      look(response);
      return response;
    },
  };
}

/** Tells how much of a file came down, and how many rows below its header lines; `expected` is how many there will be, if known. */
export function downloading(report: (progress: Progress) => void, headerLines: number, expected?: number): HttpSender {
  return {
    async fetch(url, init) {
      const response = await globalThis.fetch(url, init);
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

/** Tells how much of a file went up, which only the older of the browser's two ways knows. */
export function uploading(report: (progress: Progress) => void): HttpSender {
  return {
    fetch: (url, init) => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init?.method ?? "GET", String(url));
      new Headers(init?.headers).forEach((value, name) => request.setRequestHeader(name, value));
      // All sent: from here on the server works, and nobody knows for how long.
      request.upload.onprogress = (e) => report({ bytes: e.loaded, share: e.loaded < e.total ? e.loaded / e.total : undefined });
      request.upload.onload = (e) => report({ bytes: e.loaded });
      request.onload = () => resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) }));
      request.onerror = () => reject(new TypeError("The request failed."));
      request.onabort = () => reject(new DOMException("The request was aborted.", "AbortError"));
      init?.signal?.addEventListener("abort", () => request.abort());
      request.send(init?.body as XMLHttpRequestBodyInit);
    }),
  };
}

function headersOf(request: XMLHttpRequest) {
  const lines = request.getAllResponseHeaders().trim().split(/[\r\n]+/).filter((l) => l !== "");
  return new Headers(lines.map((l) => [l.slice(0, l.indexOf(":")), l.slice(l.indexOf(":") + 1).trim()] as [string, string]));
}
