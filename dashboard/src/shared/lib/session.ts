import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SignedInSession } from "@roundtable/client";
import { createContext, useContext } from "react";
import access from "./access.json";
import { authApi } from "./clients";
import { cancelJobs } from "./jobs";

export const sessionKey = ["session"] as const;

/** Who is signed in here; null for nobody. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => ((await authApi.getSession(signal)).data as SignedInSession | null | undefined) ?? null,
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  });
}

/** The session that the pages below were opened with. They don't ask the cache: it may know of the sign-out before what is around them left. */
export const SignedIn = createContext<SignedInSession | null>(null);

/** The session, on pages that are there only with one. */
export function useSignedIn(): SignedInSession {
  const session = useContext(SignedIn);
  if (!session) {
    throw new Error("Nobody is signed in.");
  }

  return session;
}

/** What pages and buttons need a permission for. The API refuses the same, which a test makes sure of. */
export type Access = keyof typeof access;

/** Whether the caller's roles allow it. */
export function useMay() {
  const permissions = useSession().data?.permissions ?? [];
  return (what: Access) => permissions.includes(access[what].permission);
}

/** After whoever is signed in here changed: forget what the one before saw. */
export async function changeSession(queries: QueryClient) {
  cancelJobs();
  queries.removeQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] });
  await queries.refetchQueries({ queryKey: sessionKey });
}

export function useChangeSession() {
  const queries = useQueryClient();
  return () => changeSession(queries);
}
