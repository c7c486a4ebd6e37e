import type { UpdateUserRequest } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useUserChange } from "./useUserChange";

export function useUpdateUser(id: string) {
  return useUserChange(id, ({ request, version }: { request: UpdateUserRequest; version: string | undefined }) =>
    adminUsersApi.updateUser(id, request, version),
  );
}
