import { useMutation, useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";

export function useImportUsers() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, dryRun }: { file: Blob; dryRun: boolean }) => (await adminUsersApi.importUsers(file, dryRun)).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
