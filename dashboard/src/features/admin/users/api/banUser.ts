import type { BanRequest } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useUserChange } from "./useUserChange";

export function useBanUser(id: string) {
  return useUserChange(id, ({ request, version }: { request: BanRequest; version?: string | undefined }) =>
    adminUsersApi.banUser(id, request, version),
  );
}
