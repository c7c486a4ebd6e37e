import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useUnlockUser(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => adminUsersApi.unlockUser(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
