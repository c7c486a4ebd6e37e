import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useSendLink(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => adminUsersApi.sendUserMagicLink(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
