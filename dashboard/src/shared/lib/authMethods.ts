import { useQuery } from "@tanstack/react-query";
import { authApi } from "./clients";

/** The ways to sign in that the server offers. */
export function useAuthMethods() {
  return useQuery({
    queryKey: ["authMethods"],
    queryFn: async ({ signal }) => (await authApi.getAuthMethods(signal)).data,
    staleTime: Infinity,
    // The providers' buttons appear as soon as they are known.
    refetchInterval: ({ state }) => (state.data ? false : 5000),
  });
}
