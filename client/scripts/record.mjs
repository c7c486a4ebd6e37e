// Notes what the client was made of and what came out, so that the build sees a stale client without running NSwag (Roundtable.Api/client.targets).
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const files = ["openapi.json", "nswag.json", "nswag-extension.ts", "templates/Client.ProcessResponse.liquid", "scripts/tidy.mjs", "package-lock.json", "src/client.ts"];
const root = new URL("../", import.meta.url);
const lines = files.map((f) => `${createHash("sha256").update(readFileSync(new URL(f, root))).digest("hex")}  ${f}\n`);
writeFileSync(new URL("generated.sha256", root), lines.join(""));
