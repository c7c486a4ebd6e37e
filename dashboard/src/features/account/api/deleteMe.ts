import { useMutation } from "@tanstack/react-query";
import { usersApi } from "../../../shared/lib/clients";

export function useDeleteMe() {
  return useMutation({ mutationFn: () => usersApi.deleteMe() });
}
