import { useQueryClient } from "@tanstack/react-query";
import type { ChangePasswordRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { devicesKey } from "./listDevices";
import { securityKey } from "./getSecurity";

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: ChangePasswordRequest) => authApi.changePassword(request),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: securityKey });
      void queries.invalidateQueries({ queryKey: devicesKey });
    },
  });
}
