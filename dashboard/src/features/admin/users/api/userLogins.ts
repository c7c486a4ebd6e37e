import { useQuery, useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useUserLogins(id: string) {
  return useQuery({
    queryKey: ["admin", "user-logins", id],
    queryFn: async ({ signal }) => (await adminUsersApi.listUserLogins(id, 100, undefined, undefined, signal)).data.items,
  });
}

export function useRemoveUserLogin(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => adminUsersApi.removeUserLogin(id, name),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
