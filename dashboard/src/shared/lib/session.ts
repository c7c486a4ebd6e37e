import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionDto, SignedInSession, UserDto } from "@roundtable/client";
import { createContext, useContext } from "react";
import access from "./access.json";
import { authApi } from "./clients";
import { cancelJobs } from "./jobs";

export const sessionKey = ["session"] as const;

/** A session of a browser, which always has a user; the API describes the callers with API keys in the same way. */
export type BrowserSession = SignedInSession & { user: UserDto; session: SessionDto };

/** The current session; null if signed out. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => ((await authApi.getSession(signal)).data as BrowserSession | null | undefined) ?? null,
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  });
}

/** The session that the pages below use. They do not read the cache, which may see the sign-out before their layout unmounts. */
export const SignedIn = createContext<BrowserSession | null>(null);

/** The session, for pages that require one. */
export function useSignedIn(): BrowserSession {
  const session = useContext(SignedIn);
  if (!session) {
    throw new Error("Nobody is signed in.");
  }

  return session;
}

/** The actions of pages and buttons that need a permission. The API enforces the same permissions, which a test verifies. */
export type Access = keyof typeof access;

/** Whether the caller's roles allow it. */
export function useMay() {
  const permissions = useSession().data?.permissions ?? [];
  return (what: Access) => permissions.includes(access[what].permission);
}

/** Call after the signed-in user changes: clears the previous user's data. */
export async function changeSession(queries: QueryClient) {
  cancelJobs();
  queries.removeQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] });
  await queries.refetchQueries({ queryKey: sessionKey });
}

export function useChangeSession() {
  const queries = useQueryClient();
  return () => changeSession(queries);
}
