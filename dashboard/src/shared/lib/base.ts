/** The path below which the dashboard and the API are served, without a slash at the end; empty at the root. The server writes it into the page. */
export const base = new URL(document.baseURI).pathname.replace(/\/$/, "");
