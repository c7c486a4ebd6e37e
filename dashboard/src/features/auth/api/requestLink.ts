import { useMutation } from "@tanstack/react-query";
import type { MagicLinkRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export function useRequestLink() {
  return useMutation({ mutationFn: (request: MagicLinkRequest) => authApi.requestMagicLink(request) });
}
