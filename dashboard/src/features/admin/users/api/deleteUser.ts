import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { usersKey } from "./listUsers";

export function useDeleteUser(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => adminUsersApi.deleteUser(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: usersKey }),
  });
}
