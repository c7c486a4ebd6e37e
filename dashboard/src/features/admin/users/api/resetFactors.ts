import { useMutation, useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";

export function useResetFactors(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: "twoFactor" | "passkeys") => what === "twoFactor" ? adminUsersApi.resetUserTwoFactor(id) : adminUsersApi.resetUserPasskeys(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
