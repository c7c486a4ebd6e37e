import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useResetFactors(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: "twoFactor" | "passkeys") =>
      what === "twoFactor" ? adminUsersApi.resetUserTwoFactor(id) : adminUsersApi.resetUserPasskeys(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
