import { useQueryClient } from "@tanstack/react-query";
import { sessionsApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { devicesKey } from "./listDevices";

export function useEndOtherDevices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sessionsApi.revokeOtherSessions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: devicesKey }),
  });
}
