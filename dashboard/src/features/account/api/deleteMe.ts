import { usersApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useDeleteMe() {
  return useMutation({ mutationFn: () => usersApi.deleteMe() });
}
