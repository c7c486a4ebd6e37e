import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@roundtable/client";
import { onOtherTabs } from "./otherTabs";
import { openReauthentication, recordRefusal } from "./reauthentication";
import { endSession, sessionKey } from "./session";

function react(error: Error) {
  if (!(error instanceof ApiError)) {
    return;
  }

  if (error.code === "unauthenticated") {
    endSession(queryClient);
  } else if (error.code === "session_not_fresh") {
    recordRefusal(error);
    openReauthentication();
  } else if (error.code === "other_user") {
    // Reading the session tells the page whose it is now.
    void queryClient.invalidateQueries({ queryKey: sessionKey });
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
    // A change that waited for the connection might be sent much later, when it is no longer expected.
    mutations: { networkMode: "always" },
  },
});

onOtherTabs(() => void queryClient.invalidateQueries({ queryKey: sessionKey }));
