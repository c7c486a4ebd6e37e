/** A `fetch` with a cookie jar: what a browser does by itself. */
export function withCookies(fetch = globalThis.fetch) {
  const jar = new Map();
  return {
    async fetch(url, init = {}) {
      const headers = new Headers(init.headers);
      if (jar.size > 0) {
        headers.set("Cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
      }

      const response = await fetch(url, { ...init, headers });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/expires=Thu, 01 Jan 1970/i.test(line) || value === "") {
          jar.delete(name);
        } else {
          jar.set(name, value);
        }
      }

      return response;
    },
  };
}
