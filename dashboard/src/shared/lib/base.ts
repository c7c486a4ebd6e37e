/** The base path of the dashboard and the API, without a trailing slash; empty at the root. The server writes it into the page. */
export const base = new URL(document.baseURI).pathname.replace(/\/$/, "");
