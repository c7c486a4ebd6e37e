// Rules that the compiler cannot check: imports point one way (app → features → shared), requests use the client, no `any`.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../src/", import.meta.url));
const faults = [];

// Decisions made in one place only: where a sign-in leads, whose pictures load, and the base path.
const confined = [
  [/\.get\("(next|callbackUrl|returnUrl)"\)/, ["features/auth/useNext.ts"], "a destination out of the address comes from useNext()"],
  [
    /location\.(assign|replace|href\s*=[^=])|window\.open\(/,
    ["features/auth/useArrive.ts", "shared/lib/provider.ts"],
    "only useArrive and openProvider leave the dashboard",
  ],
  [/\buseMutation\b[^;]*"@tanstack/, ["shared/lib/mutation.ts"], "useMutation of shared/lib/mutation sends once at a time"],
  [/navigator\.clipboard|\bCopyButton\b/, [], "a text is copied by CopyText, which says so when the browser does not"],
  [/<Avatar\b|src=\{[^}`]*\bimage\b/, ["shared/ui/UserAvatar.tsx"], "a user's picture is a UserAvatar"],
  [/\bforeign=/, ["app/AccountMenu.tsx", "shared/ui/Portrait.tsx"], "another user's picture elsewhere is a Portrait, which asks first"],
  [/(href|src)=[{"`]+[/#]|new \w+Client\((""|\))/, [], "an address begins with the base"],
  [/\b(local|session)Storage\b/, ["shared/lib/storage.ts"], "storage of shared/lib/storage works where the browser blocks its own"],
  [
    /\buseSearchParams\b/,
    ["shared/lib/address.ts", "shared/ui/ExternalProblem.tsx", "features/auth/useNext.ts", "features/auth/SignInPage.tsx"],
    "useAddress checks the values in the address",
  ],
  [
    /\bfetch\(/,
    ["shared/lib/mails.ts", "features/admin/system/api/getHealth.ts", "shared/lib/senders.ts"],
    "requests go through @roundtable/client",
  ],
];
for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) {
    continue;
  }

  const file = join(entry.parentPath, entry.name);
  const name = relative(src, file);
  const [layer, feature] = name.split("/");
  const text = readFileSync(file, "utf8");
  const report = (line, message) => faults.push(`src/${name}(${line},1): error SRC: ${message}`);
  text.split("\n").forEach((line, i) => {
    const fault = (message) => report(i + 1, message);
    const target = /(?:from|import\()\s*"(\.[^"]*)"/.exec(line)?.[1];
    if (target) {
      const [to, toFeature] = relative(src, normalize(join(dirname(file), target))).split("/");
      if (layer === "features" && (to === "app" || (to === "features" && toFeature !== feature))) {
        fault(`a feature imports neither the app nor another feature: ${target}`);
      }

      if ((layer === "shared" || layer === "i18n") && (to === "app" || to === "features")) {
        fault(`shared code knows no feature: ${target}`);
      }
    }

    if (/(:|<|as|,)\s*any\b(?!\w)/.test(line.replace(/"[^"]*"/g, '""').replace(/\/\/.*/, ""))) {
      fault("no any");
    }
  });
  for (const [pattern, homes, message] of confined) {
    for (const { index } of homes.includes(name) ? [] : text.matchAll(new RegExp(pattern, "g"))) {
      report(text.slice(0, index).split("\n").length, message);
    }
  }
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
