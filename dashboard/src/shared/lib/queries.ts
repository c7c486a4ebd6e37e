import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@roundtable/client";
import { openReauthentication } from "./reauthentication";
import { sessionKey } from "./session";

function react(error: Error) {
  if (!(error instanceof ApiError)) {
    return;
  }

  if (error.code === "unauthenticated") {
    // Pages that require a session see this and redirect to the sign-in page.
    queryClient.setQueryData(sessionKey, null);
  } else if (error.code === "session_not_fresh") {
    openReauthentication();
  }
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: react }),
  mutationCache: new MutationCache({ onError: react }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // Client errors are final; only server and network errors are worth a retry.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});
