import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@roundtable/client";
import { usersApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { openProvider } from "../../../shared/lib/provider";
import { waitingLogin } from "../../../shared/lib/waitingLogin";

const loginsKey = ["logins"] as const;
const pendingKey = ["logins", "pending"] as const;

export function useLogins() {
  return useQuery({
    queryKey: loginsKey,
    queryFn: async ({ signal }) => (await usersApi.listMyLogins(100, undefined, undefined, signal)).data.items,
  });
}

/** The login that waits to be connected in this browser; null if there is none. */
export function usePendingLogin() {
  return useQuery({
    queryKey: pendingKey,
    queryFn: async ({ signal }) => {
      try {
        return (await usersApi.getPendingLogin(signal)).data;
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) {
          waitingLogin.clear();
          return null;
        }

        throw e;
      }
    },
    enabled: waitingLogin.isRecent(),
  });
}

export function useConnectLogin() {
  return useMutation({ mutationFn: async (name: string) => openProvider((await usersApi.connectLogin(name)).data.url) });
}

export function useConfirmLogin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => usersApi.confirmPendingLogin(),
    onSuccess: () => queries.invalidateQueries({ queryKey: loginsKey }),
  });
}

export function useDropLogin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => usersApi.dropPendingLogin(),
    onSuccess: () => queries.invalidateQueries({ queryKey: loginsKey }),
  });
}

export function useRemoveLogin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => usersApi.removeLogin(name),
    onSuccess: () => queries.invalidateQueries({ queryKey: loginsKey }),
  });
}
