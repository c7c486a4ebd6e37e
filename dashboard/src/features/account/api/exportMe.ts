import { usersApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useExportMe() {
  return useMutation({ mutationFn: async () => (await usersApi.exportMe()).data });
}
