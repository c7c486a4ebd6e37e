import cluster from "node:cluster";
import { serve } from "@hono/node-server";

// WORKERS: 0 serves in this process, n > 0 in n child processes that share the port.
const workers = Number(process.env.WORKERS ?? 0);

if (workers > 0 && cluster.isPrimary) {
  for (let n = 0; n < workers; n++) {
    cluster.fork();
  }
  process.on("SIGTERM", () => {
    cluster.disconnect(() => process.exit(0));
    setTimeout(() => process.exit(0), 1000).unref();
  });
} else {
  const { app } = await import("./app.js");
  const { hostname, port } = new URL(process.env.URL);
  serve({ fetch: app.fetch, hostname, port: Number(port) });
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
}
