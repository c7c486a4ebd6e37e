import { useQueryClient } from "@tanstack/react-query";
import { rolesApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useDeleteRole() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => rolesApi.deleteRole(name),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
