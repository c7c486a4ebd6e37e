// Drives the real API. ROUNDTABLE_URL says where it is, ROUNDTABLE_MAIL which folder its mails are written to. ROUNDTABLE_API_KEY is a
// key with the scope users:list alone; without it, the test of keys is skipped.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { AdminUsersClient, ApiError, AuthClient, etagOf, RoundtableClient, UsersClient } from "../dist/index.js";
import { withCookies } from "./cookies.mjs";

const url = process.env.ROUNDTABLE_URL ?? "http://localhost:5080";
const apiKey = process.env.ROUNDTABLE_API_KEY;
const folder = process.env.ROUNDTABLE_MAIL ?? "../Roundtable.Api/App_Data/mail";

const person = () => {
  const http = withCookies();
  return { auth: new AuthClient(url, http), users: new UsersClient(url, http), admin: new AdminUsersClient(url, http) };
};

const mailFiles = () => (existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith(".eml")) : []);

/** The token of a mail that was not there before: an earlier link of the same address is used up. */
async function tokenFor(email, before) {
  for (let i = 0; i < 200; i++) {
    const mails = mailFiles()
      .filter((f) => !before.includes(f))
      .map((f) => readFileSync(join(folder, f), "utf8"));
    const token = /magic-link#token=([\w-]+)/.exec(mails.find((m) => m.includes(`To: ${email}`)) ?? "")?.[1];
    if (token) {
      return token;
    }

    await sleep(50);
  }

  throw new Error(`No mail for ${email}`);
}

async function signIn(email) {
  const who = person();
  const before = mailFiles();
  await who.auth.requestMagicLink({ email });
  const answer = await who.auth.verifyMagicLink({ token: await tokenFor(email, before) });
  assert.equal(answer.data.user?.email, email);
  return who;
}

test("link, session, list, ban, export", async () => {
  const user = await signIn(`node-${Date.now()}@example.com`);
  const admin = await signIn("admin@example.com");
  const session = await user.auth.getSession();
  const { id, email } = session.data.user;
  assert.equal(session.data.session.method, "magicLink");

  const list = await admin.admin.listUsers(10, undefined, true, undefined, undefined, email);
  assert.deepEqual(
    list.data.items.map((u) => u.id),
    [id],
  );
  assert.equal(list.data.pagination.total, 1);

  const before = await admin.admin.getUserAsAdmin(id);
  assert.ok(etagOf(before));
  const banned = await admin.admin.banUser(id, { reason: "Spam" });
  assert.equal(banned.data.banned, true);
  await assert.rejects(
    admin.admin.updateUser(id, { name: "Late" }, etagOf(before)),
    (e) => e instanceof ApiError && e.status === 412 && e.code === "stale_version",
  );
  await assert.rejects(
    user.users.getMe(),
    (e) => e instanceof ApiError && e.status === 401 && e.code === "unauthenticated" && e.requestId !== null,
  );

  assert.match(await admin.admin.exportUsers(email), new RegExp(email));
  const lines = (await admin.admin.exportUsers(email, undefined, undefined, undefined, undefined, undefined, undefined, "ndjson"))
    .trim()
    .split("\n");
  assert.deepEqual(
    lines.map((l) => JSON.parse(l).email),
    [email],
  );
  const report = await admin.admin.importUsers(
    new Blob([JSON.stringify({ email: "fresh@example.com" })], { type: "application/x-ndjson" }),
    true,
  );
  assert.equal(report.data.created, 1);
});

test("errors carry what is wrong with each field", async () => {
  await assert.rejects(person().auth.requestMagicLink({ email: "nobody" }), (e) => {
    assert.ok(e instanceof ApiError);
    assert.equal(e.code, "validation_failed");
    assert.ok(e.errors.email?.length);
    assert.deepEqual(e.reasons.email, [{ code: "not_an_address", min: null, max: null, value: null }]);
    return true;
  });
});

test("an API key does what its scopes allow", { skip: apiKey === undefined }, async () => {
  const client = new RoundtableClient(url, { apiKey });
  const session = (await client.auth.getSession()).data;
  assert.deepEqual(session.apiKey.scopes, ["users:list"]);
  assert.equal(session.session, null);

  const page = (await client.adminUsers.listUsers(1)).data;
  assert.equal(page.pagination.count, page.items.length);
  await assert.rejects(
    client.auditLog.listAuditLog(),
    (e) => e instanceof ApiError && e.status === 403 && e.code === "forbidden" && e.context.scope === "audit:read",
  );
  await assert.rejects(client.sessions.listSessions(), (e) => e instanceof ApiError && e.status === 403 && e.code === "forbidden");

  const wrong = new RoundtableClient(url, { apiKey: apiKey.slice(0, -1) + (apiKey.endsWith("0") ? "1" : "0") });
  await assert.rejects(wrong.adminUsers.listUsers(), (e) => e instanceof ApiError && e.status === 401 && e.code === "unauthenticated");
});
