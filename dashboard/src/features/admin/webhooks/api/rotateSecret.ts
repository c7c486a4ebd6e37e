import { useQueryClient } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

/** Returns the new secret, which is returned only once. */
export function useRotateSecret(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await webhooksApi.rotateWebhookSecret(id)).data.secret,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
