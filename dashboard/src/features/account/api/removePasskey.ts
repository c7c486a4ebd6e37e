import { useQueryClient } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { securityKey } from "./getSecurity";

export function useRemovePasskey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => passkeysApi.removePasskey(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: securityKey }),
  });
}
