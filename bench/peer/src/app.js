import { randomUUID } from "node:crypto";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { auth } from "./auth.js";
import { answerOf, Changes, ListQuery, Page, User } from "./shapes.js";
import { findUser, listUsers, updateUser } from "./users.js";

export const app = new OpenAPIHono();

const ok = (c, data) => c.json({ success: true, data, meta: { requestId: randomUUID(), timestamp: new Date().toISOString() } });
const refuse = (status) => {
  throw new HTTPException(status);
};

// Better Auth's own endpoints, including the session's.
app.on(["GET", "POST"], "/api/auth/*", (c) => auth.handler(c.req.raw));

app.use("/api/v1/*", async (c, next) => {
  const current = await auth.api.getSession({ headers: c.req.raw.headers });
  c.set("current", current ?? refuse(401));
  await next();
});

const route = (method, path, request, shape) => createRoute({ method, path, request, responses: answerOf(shape) });

app.openapi(route("get", "/api/v1/auth/session", {}, z.object({ user: z.any(), session: z.any() })), (c) => ok(c, c.get("current")));

app.openapi(route("get", "/api/v1/users/{id}", { params: z.object({ id: z.string().max(36) }) }, User), (c) => {
  const { id } = c.req.valid("param");
  const own = c.get("current").user;
  if (own.id !== id && own.role !== "admin") {
    refuse(403);
  }
  return ok(c, findUser(id) ?? refuse(404));
});

app.openapi(
  route("patch", "/api/v1/users/me", { body: { content: { "application/json": { schema: Changes } }, required: true } }, User),
  (c) => ok(c, updateUser(c.get("current").user.id, c.req.valid("json"))),
);

app.openapi(route("get", "/api/v1/admin/users", { query: ListQuery }, Page), (c) => {
  if (c.get("current").user.role !== "admin") {
    refuse(403);
  }
  return ok(c, listUsers(c.req.valid("query")));
});

app.get("/health", (c) => c.text("ok"));
