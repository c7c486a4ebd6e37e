import { useQueryClient } from "@tanstack/react-query";
import { rolesApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useSaveRole() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, permissions }: { name: string; permissions: string[] }) => rolesApi.saveRole(name, { permissions }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
