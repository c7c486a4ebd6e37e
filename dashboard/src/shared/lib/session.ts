import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionDto, SignedInSession, UserDto } from "@roundtable/client";
import { createContext, useContext } from "react";
import access from "./access.json";
import { sessionApi } from "./clients";
import { cancelJobs } from "./jobs";
import { forgetPlaces } from "./places";
import { tellOtherTabs } from "./otherTabs";
import { expectUser } from "./senders";
import { forgetUndos } from "./toasts";

export const sessionKey = ["session"] as const;
const endedKey = ["sessionEnded"] as const;

/** A session of a browser, which always has a user; the API describes the callers with API keys in the same way. */
export type BrowserSession = SignedInSession & {
  user: UserDto;
  session: SessionDto;
  /** The session of another user, with which another tab has replaced this one. */
  other?: BrowserSession;
};

/** The user whose pages this tab shows; null on pages for signed-out users. */
let shown: string | null = null;
let changing = 0;

const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ client, signal }): Promise<BrowserSession | null> => {
    const now = ((await sessionApi.getSession(signal)).data as BrowserSession | null | undefined) ?? null;
    const before = client.getQueryData<BrowserSession | null>(sessionKey);
    tellOtherTabs(now?.session.id ?? null);
    if (before && now && before.user.id === shown && now.user.id !== shown && changing === 0) {
      // The page keeps its user, and says so.
      return { ...before, other: now };
    }

    if (before && !now && changing === 0) {
      client.setQueryData(endedKey, true);
    }

    if (before === null && now) {
      forgetPrevious(client);
    }

    return now;
  },
  staleTime: 60_000,
  refetchOnWindowFocus: "always",
});

/** The current session; null if signed out. */
export const useSession = () => useQuery(sessionQuery);

function show(userId: string | null) {
  shown = userId;
  expectUser(userId);
}

/** Notes whose pages the tab shows; returns a function that ends this. */
export function showPagesOf(userId: string) {
  show(userId);
  return () => {
    show(null);
    forgetUndos();
  };
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

/** Signs out the pages whose session the API does not know any more: they lead to the sign-in page, which says so. */
export function endSession(queries: QueryClient) {
  if (queries.getQueryData(sessionKey)) {
    queries.setQueryData(endedKey, true);
  }

  queries.setQueryData(sessionKey, null);
}

/** Whether the session ended while it was in use. */
export function useSessionEnded() {
  const queries = useQueryClient();
  return queries.getQueryData(endedKey) === true;
}

/** Call after the signed-in user changes: clears the previous user's data. */
export async function changeSession(queries: QueryClient) {
  forgetPrevious(queries);
  changing++;
  try {
    await queries.refetchQueries({ queryKey: sessionKey });
  } finally {
    changing--;
  }
}

/** Removes what the previous user loaded, sent, searched for and began. */
function forgetPrevious(queries: QueryClient) {
  cancelJobs();
  forgetPlaces();
  queries.removeQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] });
  const sent = queries.getMutationCache();
  // Not the one that signs in, which is still under way.
  sent.findAll({ predicate: (m) => m.state.status !== "pending" }).forEach((m) => sent.remove(m));
}

export function useChangeSession() {
  const queries = useQueryClient();
  return () => changeSession(queries);
}
