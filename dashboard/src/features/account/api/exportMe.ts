import { useMutation } from "@tanstack/react-query";
import { usersApi } from "../../../shared/lib/clients";

export function useExportMe() {
  return useMutation({ mutationFn: async () => (await usersApi.exportMe()).data });
}
