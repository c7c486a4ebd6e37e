// Notes what the client was made of and what came out, so that the build (Roundtable.Api/client.targets)
// sees a stale client without running NSwag.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const files = [
  "openapi.json",
  "package-lock.json",
  "nswag.json",
  "nswag-extension.ts",
  "templates/Client.ProcessResponse.liquid",
  "scripts/tidy.mjs",
  "src/client.ts",
  "csharp/nswag.json",
  "csharp/templates/Class.liquid",
  "csharp/templates/Client.Class.liquid",
  "csharp/templates/Enum.liquid",
  "csharp/templates/File.liquid",
  "scripts/tidy-csharp.mjs",
  "csharp/Roundtable.Client/Generated.cs",
];
const root = new URL("../", import.meta.url);
const lines = files.map(
  (f) =>
    `${createHash("sha256")
      .update(readFileSync(new URL(f, root)))
      .digest("hex")}  ${f}\n`,
);
writeFileSync(new URL("generated.sha256", root), lines.join(""));
