import { useQueryClient } from "@tanstack/react-query";
import type { MagicLinkRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { pendingLinkKey } from "./pendingLink";

export function useRequestLink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: MagicLinkRequest) => authApi.requestMagicLink(request),
    // The page now waits for the new link.
    onSuccess: () => queries.resetQueries({ queryKey: pendingLinkKey }),
  });
}
