import { useQueryClient } from "@tanstack/react-query";
import type { CreateUserRequest } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useCreateUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: CreateUserRequest) => (await adminUsersApi.createUser(request)).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
