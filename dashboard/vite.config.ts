import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Relative to the page's base, wherever that is.
  base: "./",
  build: {
    outDir: "../Roundtable.Api/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    // An inlined file would require data: in the page's policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    license: { fileName: "licenses.md" },
  },
  server: { proxy: { "/api": "http://localhost:5080", "/health": "http://localhost:5080" } },
});
