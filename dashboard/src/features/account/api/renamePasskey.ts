import { useMutation, useQueryClient } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";
import { passkeysKey } from "./listPasskeys";

export function useRenamePasskey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => passkeysApi.renamePasskey(id, { name }),
    onSuccess: () => queries.invalidateQueries({ queryKey: passkeysKey }),
  });
}
