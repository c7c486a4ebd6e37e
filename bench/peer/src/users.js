import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import { db } from "./database.js";
import { profile, user } from "./schema.js";

const { userId: _, ...profileColumns } = getTableColumns(profile);
const columns = { ...getTableColumns(user), profile: profileColumns };
const withProfile = () => db.select(columns).from(user).leftJoin(profile, eq(profile.userId, user.id)).$dynamic();

const byId = withProfile()
  .where(eq(user.id, sql.placeholder("id")))
  .prepare();

const pattern = sql.placeholder("pattern");
const matches = sql`(${user.email} LIKE ${pattern} ESCAPE '\\' OR ${user.name} LIKE ${pattern} ESCAPE '\\')`;
const after = sql`(${user.createdAt}, ${user.id}) < (${sql.placeholder("createdAt")}, ${sql.placeholder("id")})`;
const page = (...conditions) =>
  withProfile()
    .where(and(...conditions))
    .orderBy(desc(user.createdAt), desc(user.id))
    .limit(sql.placeholder("limit"))
    .prepare();
const pages = { all: page(), after: page(after), search: page(matches), searchAfter: page(matches, after) };

export const findUser = (id) => byId.get({ id });

/** Returns a page of the newest users first, by keyset; `search` matches parts of address or name. */
export function listUsers({ limit, cursor, search }) {
  const from = cursor && JSON.parse(Buffer.from(cursor, "base64url").toString());
  const query = search ? (from ? pages.searchAfter : pages.search) : from ? pages.after : pages.all;
  const rows = query.all({
    limit: limit + 1,
    pattern: search && `%${search.replace(/[\\%_]/g, "\\$&")}%`,
    createdAt: from?.[0],
    id: from?.[1],
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit;
  const nextCursor = hasMore ? Buffer.from(JSON.stringify([last.createdAt.getTime(), last.id])).toString("base64url") : null;
  return { items, pagination: { nextCursor, hasMore, count: items.length, total: null } };
}

/** Changes the fields in the request, in both tables and one transaction. */
export function updateUser(id, { bio, locale, timeZone, ...fields }) {
  return db.transaction(
    (tx) => {
      tx.update(user)
        .set({ ...fields, updatedAt: new Date() })
        .where(eq(user.id, id))
        .run();
      if (bio !== undefined || locale !== undefined || timeZone !== undefined) {
        tx.insert(profile)
          .values({ userId: id, bio, locale, timeZone })
          .onConflictDoUpdate({ target: profile.userId, set: { bio, locale, timeZone } })
          .run();
      }
      return byId.get({ id });
    },
    { behavior: "immediate" },
  );
}
