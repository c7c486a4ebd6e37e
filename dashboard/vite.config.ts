import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Puts the stylesheet behind the content of index.html, which is painted without it; the script waits for it in both places. */
const stylesLast: Plugin = {
  name: "styles-last",
  transformIndexHtml: {
    order: "post",
    handler: (html) => {
      const [link] = /\s*<link rel="stylesheet"[^>]*>/.exec(html) ?? [""];
      return html.replace(link, "").replace(/\s*<\/body>/, `${link}$&`);
    },
  },
};

export default defineConfig({
  plugins: [react(), stylesLast],
  // Relative to the page's base, wherever that is.
  base: "./",
  build: {
    outDir: "../Roundtable.Api/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    // An inlined file would require data: in the page's policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file: after a stylesheet of a page failed to load, Vite does not ask for it again.
    cssCodeSplit: false,
    // What the start needs, and what several of the other pages share: otherwise each component is a file and a request.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"], priority: 1 },
            { name: "shared", minShareCount: 3 },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 700,
    license: { fileName: "licenses.md" },
  },
  server: { proxy: { "/api": "http://localhost:5080", "/health": "http://localhost:5080" } },
});
