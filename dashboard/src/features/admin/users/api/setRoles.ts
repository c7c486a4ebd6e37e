import { adminUsersApi } from "../../../../shared/lib/clients";
import { useUserChange } from "./useUserChange";

export function useSetRoles(id: string) {
  return useUserChange(id, ({ roles, version }: { roles: string[]; version: string | undefined }) => adminUsersApi.setUserRoles(id, { roles }, version));
}
