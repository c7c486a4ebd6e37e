import { z } from "@hono/zod-openapi";

const nullableText = z.string().nullable();

export const User = z
  .object({
    id: z.string(),
    email: z.email(),
    name: z.string(),
    image: nullableText,
    emailVerified: z.boolean(),
    role: nullableText,
    banned: z.boolean().nullable(),
    banReason: nullableText,
    banExpires: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    profile: z.object({ bio: nullableText, locale: nullableText, timeZone: nullableText }).nullable(),
  })
  .openapi("User");

export const Page = z.object({
  items: z.array(User),
  pagination: z.object({ nextCursor: nullableText, hasMore: z.boolean(), count: z.int(), total: z.int().nullable() }),
});

export const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
  search: z.string().max(100).optional(),
});

export const Changes = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  image: z.url().nullable().optional(),
  bio: z.string().max(1000).nullable().optional(),
  locale: z.string().max(35).nullable().optional(),
  timeZone: z.string().max(64).nullable().optional(),
});

/** The same envelope as in Roundtable's responses. */
export const answerOf = (shape) => ({
  200: {
    description: "OK",
    content: {
      "application/json": {
        schema: z.object({ success: z.literal(true), data: shape, meta: z.object({ requestId: z.string(), timestamp: z.iso.datetime() }) }),
      },
    },
  },
});
