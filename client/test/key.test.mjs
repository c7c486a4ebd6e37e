// How a client with an API key sends its requests, against servers of its own.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { inspect } from "node:util";
import { AdminUsersClient, RoundtableClient, UsersClient } from "../dist/index.js";
import { withCookies } from "./cookies.mjs";

const apiKey = `rt_svc_${"0".repeat(49)}`;
const servers = [];
after(() => servers.forEach((s) => s.close()));

/** A server that notes what it gets. */
async function serve(answer) {
  const got = [];
  const server = createServer((request, response) => {
    got.push({ url: request.url, ...request.headers });
    answer(response);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, got };
}

const empty = (response) =>
  response.setHeader("Set-Cookie", "a=b").writeHead(200, { "Content-Type": "application/json" }).end('{"data":null}');

test("there is a member for the client of each tag", () => {
  const { tags } = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));
  const client = new RoundtableClient("https://accounts.example.com", { apiKey });
  assert.deepEqual(
    Object.entries(client)
      .map(([name, c]) => [name, c.constructor.name])
      .sort(),
    tags.map(({ name }) => [name[0].toLowerCase() + name.slice(1), `${name}Client`]).sort(),
  );
});

test("every request has the key and no cookie", async () => {
  const { url, got } = await serve(empty);
  const sent = [];
  const http = { fetch: (to, init) => (sent.push(init), fetch(to, init)) };
  const client = new RoundtableClient(url, { apiKey: `${apiKey}\n`, http }); // as read from a file
  await client.adminUsers.listUsers(1);
  await client.users.updateMe({ name: "Ada" }, '"1"');
  assert.deepEqual(
    got.map((r) => [r.authorization, r.cookie]),
    [
      [`Bearer ${apiKey}`, undefined],
      [`Bearer ${apiKey}`, undefined],
    ],
  );
  assert.deepEqual(
    sent.map((i) => i.credentials),
    ["omit", "omit"],
  );
  assert.equal(got[1]["if-match"], '"1"');
  assert.ok(!inspect(client, { depth: 9, showHidden: true }).includes(apiKey), "the key is not in what is logged of the client");
});

test("without a key the cookie is sent, as by a single client", async () => {
  const { url, got } = await serve(empty);
  const sent = [];
  const cookies = withCookies();
  const http = { fetch: (to, init) => (sent.push(init), cookies.fetch(to, init)) };
  await new RoundtableClient(url, { http }).users.getMe();
  await new UsersClient(url, http).getMe();
  assert.deepEqual(
    got.map((r) => [r.authorization, r.cookie]),
    [
      [undefined, undefined],
      [undefined, "a=b"],
    ],
  );
  assert.deepEqual(
    sent.map((i) => i.credentials),
    ["include", "include"],
  );
});

test("the key goes to the address of the API only", async () => {
  const other = await serve(empty);
  const { url } = await serve((response) => response.writeHead(307, { Location: `${other.url}/api/v1/admin/users` }).end());
  const client = new RoundtableClient(url, { apiKey });
  await assert.rejects(client.adminUsers.listUsers(), TypeError);
  // A class of one's own, with an address of its own.
  class Elsewhere extends AdminUsersClient {
    elsewhere() {
      return this.http.fetch(`${other.url}/api/v1/admin/users`);
    }
  }

  await assert.rejects(new Elsewhere(url, client.adminUsers.http).elsewhere(), TypeError);
  assert.deepEqual(other.got, []);
});

test("what cannot be a key is refused without being repeated", () => {
  for (const wrong of ["", " ", "rt_svc_a b", "rt_svc_ä", "rt_svc_a\nb"]) {
    assert.throws(() => new RoundtableClient("https://accounts.example.com", { apiKey: wrong }), {
      name: "TypeError",
      message: "The API key is empty or has characters that no key has.",
    });
  }
});
