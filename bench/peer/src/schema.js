import { relations } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

const id = () => text("id").primaryKey();
const time = (name) => integer(name, { mode: "timestamp_ms" });
const flag = (name) => integer(name, { mode: "boolean" });
const ownedByUser = (name = "user_id") =>
  text(name)
    .notNull()
    .references(() => user.id, { onDelete: "cascade" });

// The first four are Better Auth's own tables, with the admin plugin's columns and the indexes that its guide recommends.
export const user = sqliteTable(
  "user",
  {
    id: id(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    emailVerified: flag("email_verified").notNull().default(false),
    image: text("image"),
    createdAt: time("created_at")
      .notNull()
      .$defaultFn(() => new Date()),
    updatedAt: time("updated_at")
      .notNull()
      .$defaultFn(() => new Date()),
    role: text("role"),
    banned: flag("banned").default(false),
    banReason: text("ban_reason"),
    banExpires: time("ban_expires"),
  },
  (table) => [index("user_created_at_id").on(table.createdAt, table.id)],
);

export const session = sqliteTable(
  "session",
  {
    id: id(),
    expiresAt: time("expires_at").notNull(),
    token: text("token").notNull().unique(),
    createdAt: time("created_at")
      .notNull()
      .$defaultFn(() => new Date()),
    updatedAt: time("updated_at")
      .notNull()
      .$defaultFn(() => new Date()),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    userId: ownedByUser(),
    impersonatedBy: text("impersonated_by"),
  },
  (table) => [index("session_user_id").on(table.userId)],
);

export const account = sqliteTable(
  "account",
  {
    id: id(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: ownedByUser(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: time("access_token_expires_at"),
    refreshTokenExpiresAt: time("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: time("created_at")
      .notNull()
      .$defaultFn(() => new Date()),
    updatedAt: time("updated_at")
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [index("account_user_id").on(table.userId)],
);

export const verification = sqliteTable(
  "verification",
  {
    id: id(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: time("expires_at").notNull(),
    createdAt: time("created_at")
      .notNull()
      .$defaultFn(() => new Date()),
    updatedAt: time("updated_at")
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [index("verification_identifier").on(table.identifier)],
);

export const profile = sqliteTable("profile", {
  userId: ownedByUser().primaryKey(),
  bio: text("bio"),
  locale: text("locale"),
  timeZone: text("time_zone"),
});

// Better Auth needs these relations to read a session with its user in one statement.
export const userRelations = relations(user, ({ many }) => ({ sessions: many(session), accounts: many(account) }));
export const sessionRelations = relations(session, ({ one }) => ({ user: one(user, { fields: [session.userId], references: [user.id] }) }));
export const accountRelations = relations(account, ({ one }) => ({ user: one(user, { fields: [account.userId], references: [user.id] }) }));
