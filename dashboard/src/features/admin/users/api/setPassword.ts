import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useSetPassword(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => adminUsersApi.setUserPassword(id, { password }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
