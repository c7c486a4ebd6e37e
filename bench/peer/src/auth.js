import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { admin, magicLink } from "better-auth/plugins";
import { db } from "./database.js";
import { sendLink } from "./mail.js";
import * as schema from "./schema.js";

/** Better Auth as its guide sets it up. No cookie cache: with it, a revoked session would stay valid for minutes. */
export const auth = betterAuth({
  baseURL: process.env.URL,
  secret: process.env.SECRET,
  database: drizzleAdapter(db, { provider: "sqlite", schema }),
  plugins: [admin(), magicLink({ storeToken: "hashed", sendMagicLink: sendLink })],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  experimental: { joins: process.env.JOINS !== "off" },
});
