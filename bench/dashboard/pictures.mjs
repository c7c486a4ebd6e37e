// Takes the pictures of README.md: the program with its demo data, as an admin sees it, light and dark. Writes docs/pictures.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { executable } from "./browser.mjs";
import { freePort } from "./server.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "roundtable-pictures-"));
const url = `http://localhost:${await freePort()}`;
const program = ["run", "--project", join(root, "Roundtable.Api"), "--no-launch-profile", "--", `--contentRoot=${folder}`, `--Urls=${url}`];
const env = { ...process.env, ASPNETCORE_ENVIRONMENT: "Development" };
execFileSync("dotnet", [...program.slice(0, 5), "demo", ...program.slice(5)], { env, stdio: "inherit" });
// The pages are looked for in the content root.
symlinkSync(join(root, "Roundtable.Api", "wwwroot"), join(folder, "wwwroot"));
const server = spawn("dotnet", program, { env, stdio: "ignore" });
try {
  while (
    !(await fetch(`${url}/health/ready`).then(
      (r) => r.ok,
      () => false,
    ))
  ) {
    await sleep(200);
  }

  const post = (path, body) =>
    fetch(`${url}/api/v1${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  await post("/auth/magic-link", { email: "admin@example.com" });
  const mails = join(folder, "App_Data", "mail");
  while (!readdirSync(mails, { withFileTypes: true }).some((f) => f.name.endsWith(".eml"))) {
    await sleep(100);
  }

  const [mail] = readdirSync(mails).filter((f) => f.endsWith(".eml"));
  const token = /#token=([\w-]+)/.exec(readFileSync(join(mails, mail), "utf8"))[1];
  const signedIn = await post("/auth/magic-link/verify", { token });
  const [name, value] = signedIn.headers
    .getSetCookie()
    .find((c) => c.startsWith("roundtable.session"))
    .split(";")[0]
    .split("=");
  const admin = (path) => fetch(`${url}/api/v1${path}`, { headers: { cookie: `${name}=${value}` } }).then((r) => r.json());
  const shown = (await admin("/admin/users?search=hopper&sort=lastSeenAt&order=desc")).data.items[0];

  const browser = await chromium.launch(executable());
  const pictures = join(root, "docs", "pictures");
  mkdirSync(pictures, { recursive: true });
  for (const scheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: scheme, locale: "en-GB" });
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    for (const [file, path] of [
      ["users", "/admin/users"],
      ["user", `/admin/users/${shown.id}`],
    ]) {
      await page.goto(url + path, { waitUntil: "networkidle" });
      await page.screenshot({ path: join(pictures, `${file}-${scheme}.png`) });
    }

    await context.close();
  }

  await browser.close();
} finally {
  server.kill();
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}
