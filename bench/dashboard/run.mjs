// Measures how fast the sign-in page loads and how the user list scrolls with many users. See bench/README.md.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { executable } from "./browser.mjs";
import { startServer, users } from "./server.mjs";

const limits = { scriptKilobytes: 200, paint: 1500, longTask: 100, heapGrowth: 60 };
const count = Number(process.argv[2] ?? 100_000);
const slow = 4;
const loads = 5;

const exceeded = [];
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
function report(what, value, unit, limit) {
  const fine = value <= limit;
  console.log(`${what.padEnd(56)} ${value.toFixed(0).padStart(7)} ${unit.padEnd(4)} (at most ${limit})${fine ? "" : "  EXCEEDED"}`);
  if (!fine) {
    exceeded.push(what);
  }
}

/** Loads the sign-in page with an empty cache and a slowed CPU. */
async function loadSignIn(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: slow });
  const scripts = [];
  page.on("response", (r) => scripts.push(...(r.request().resourceType() === "script" ? [r] : [])));
  await page.goto(`${url}/sign-in`, { waitUntil: "networkidle" });
  await page.locator("h1").waitFor();
  const paint = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
          type: "largest-contentful-paint",
          buffered: true,
        });
      }),
  );
  const bodies = await Promise.all(scripts.map((r) => r.body()));
  const kilobytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000;
  await context.close();
  return { paint, kilobytes };
}

/** Measures the CPU time of the page's thread, which other programs on the machine hardly affect. */
async function measureSignInCpuTime(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(`${url}/sign-in`, { waitUntil: "networkidle" });
  const { metrics } = await tools.send("Performance.getMetrics");
  await context.close();
  return metrics.find((m) => m.name === "TaskDuration").value * 1000;
}

/** Traces the tasks of all threads. The returned function stops the trace and returns the CPU time of the longest task. */
async function traceLongestTask(browser) {
  const tools = await browser.newBrowserCDPSession();
  let longest = 0;
  tools.on("Tracing.dataCollected", ({ value }) => {
    longest = value.filter((e) => e.name === "ThreadControllerImpl::RunTask").reduce((most, e) => Math.max(most, e.tdur ?? 0), longest);
  });
  await tools.send("Tracing.start", { traceConfig: { includedCategories: ["toplevel"], recordMode: "recordContinuously" } });
  return async () => {
    const done = new Promise((resolve) => tools.once("Tracing.tracingComplete", resolve));
    await tools.send("Tracing.end");
    await done;
    return longest / 1000;
  };
}

/** Signs in by the link, imports the users and scrolls the list from the first to the last row. */
async function scrollUsers(browser, server) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await page.goto(server.link.replace(/^https?:\/\/[^/]+/, server.url));
  await page.getByRole("button").filter({ hasText: "Sign in now" }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "Overview" }).waitFor();
  const started = performance.now();
  const answer = await context.request.post(`${server.url}/api/v1/admin/users/import`, {
    headers: { "Content-Type": "text/csv" },
    data: Buffer.from(users(count)),
    timeout: 1_200_000,
  });
  const outcome = (await answer.json()).data;
  console.log(`Imported ${outcome.created} of ${outcome.total} users in ${((performance.now() - started) / 1000).toFixed(0)} s`);

  await page.goto(`${server.url}/admin/users`);
  await page
    .getByRole("status")
    .filter({ hasText: /users$/ })
    .waitFor();
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask" });
  });
  const heap = async () => {
    await tools.send("HeapProfiler.collectGarbage");
    return (await page.evaluate(() => performance.memory.usedJSHeapSize)) / 1e6;
  };
  const before = await heap();
  const stopTrace = await traceLongestTask(browser);
  const seconds = performance.now();
  const rows = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const body = document.querySelector("[role=grid]");
        let end = 0;
        const step = () => {
          const bottom = body.scrollHeight - body.clientHeight;
          // At the bottom the next page is loading, unless there is none.
          end = body.scrollTop >= bottom - 1 ? end + 1 : 0;
          if (end > 180) {
            const last = [...body.querySelectorAll("[role=row]")].at(-1);
            resolve(Number(last?.getAttribute("aria-rowindex")) - 1);
            return;
          }

          body.scrollTop += 4 * body.clientHeight;
          requestAnimationFrame(step);
        };
        step();
      }),
  );
  console.log(`Scrolled through ${rows} rows in ${((performance.now() - seconds) / 1000).toFixed(0)} s`);
  const work = await stopTrace();
  const longest = await page.evaluate(() => Math.max(0, ...window.longTasks));
  const after = await heap();
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  await context.close();
  return { rows, longest, work, growth: after - before, nodes };
}

const folder = mkdtempSync(join(tmpdir(), "roundtable-dashboard-"));
let server;
let browser;
try {
  console.log("Publishing …");
  server = await startServer(folder);
  const home = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder };
  browser = await chromium.launch({
    ...executable(),
    env: home,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--enable-precise-memory-info",
    ],
  });
  const first = [];
  const work = [];
  for (let i = 0; i < loads; i++) {
    first.push(await loadSignIn(browser, server.url));
    work.push(await measureSignInCpuTime(browser, server.url));
  }

  report("Sign-in page: scripts, gzipped", first[0].kilobytes, "kB", limits.scriptKilobytes);
  report(`Sign-in page: largest contentful paint, CPU slowed ${slow}×`, median(first.map((l) => l.paint)), "ms", limits.paint);
  report(`Sign-in page: CPU time of its thread, times ${slow}`, median(work) * slow, "ms", limits.paint);
  const scrolled = await scrollUsers(browser, server);
  report(`${count} users: longest task while scrolling`, scrolled.longest, "ms", limits.longTask);
  report(`${count} users: CPU time of the longest task`, scrolled.work, "ms", limits.longTask);
  report(`${count} users: heap growth from first to last row`, scrolled.growth, "MB", limits.heapGrowth);
  report(`${count} users: elements on the page at the end`, scrolled.nodes, "", 1500);
  if (scrolled.rows <= count) {
    exceeded.push("the last row was not reached");
  }
} finally {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}

if (exceeded.length > 0) {
  console.error(`Failed: ${exceeded.join(", ")}`);
  process.exitCode = 1;
}
