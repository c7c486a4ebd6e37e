import { adminUsersApi } from "../../../../shared/lib/clients";
import { useUserChange } from "./useUserChange";

export function useUnbanUser(id: string) {
  return useUserChange(id, (version: string | void) => adminUsersApi.unbanUser(id, version ?? undefined));
}
