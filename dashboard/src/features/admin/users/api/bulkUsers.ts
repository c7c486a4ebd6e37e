import { useQueryClient } from "@tanstack/react-query";
import type { BulkRequest } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useBulkUsers() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: BulkRequest) => (await adminUsersApi.bulkUsers(request)).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
