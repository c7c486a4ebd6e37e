// Publishes and runs Roundtable in its own folder, with an admin, and generates any number of users.
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";

const root = fileURLToPath(new URL("../../", import.meta.url));

export const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Publishes into the folder, creates an admin and starts the server. Returns its URL, the admin's link and a function that stops it. */
export async function startServer(folder) {
  const app = `${folder}/app`;
  execFileSync("dotnet", ["publish", "Roundtable.Api", "-c", "Release", "-o", app, "-nodeReuse:false"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${await freePort()}`;
  const env = {
    ...process.env,
    ASPNETCORE_ENVIRONMENT: "Production",
    App__AllowDevelopmentDefaults: "true",
    RateLimiting__Enabled: "false",
    Urls: url,
    ConnectionStrings__Roundtable: `Data Source=${folder}/roundtable.db`,
    Email__Pickup__Directory: `${folder}/mail`,
  };
  const link = execFileSync("dotnet", ["Roundtable.Api.dll", "create-admin", "--email", "bench@example.com"], {
    cwd: app,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
  const server = spawn("dotnet", ["Roundtable.Api.dll"], { cwd: app, env, stdio: "ignore" });
  // The server must not outlive this program, however it ends.
  process.once("exit", () => server.kill());
  ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, () => process.exit(1)));
  for (let i = 0; ; i++) {
    if (
      await fetch(`${url}/health/ready`).then(
        (r) => r.ok,
        () => false,
      )
    ) {
      break;
    }

    if (i > 300 || server.exitCode !== null) {
      throw new Error("The server did not start.");
    }

    await sleep(200);
  }

  const stop = () =>
    new Promise((resolve) => {
      server.once("exit", resolve);
      server.kill();
    });
  return { url, link, stop };
}

/** Generates `count` users as a CSV import file. */
export function users(count) {
  const names = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Dennis", "Frances", "Ken"];
  const line = (i) =>
    `person-${i}@example.com,${names[i % names.length]} ${i},${i % 7 !== 0},${new Date(1_600_000_000_000 + i * 60_000).toISOString()}`;
  return `email,name,emailVerified,createdAt\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;
}
