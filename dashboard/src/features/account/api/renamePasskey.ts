import { useQueryClient } from "@tanstack/react-query";
import type { PasskeyDto } from "@roundtable/client";
import { passkeysApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { passkeysKey } from "./listPasskeys";

/** Shows the new name optimistically; rolls back if the API refuses. */
export function useRenamePasskey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => passkeysApi.renamePasskey(id, { name }),
    onMutate: async ({ id, name }) => {
      await queries.cancelQueries({ queryKey: passkeysKey });
      const before = queries.getQueryData<PasskeyDto[]>(passkeysKey);
      queries.setQueryData<PasskeyDto[]>(passkeysKey, (passkeys) => passkeys?.map((p) => (p.id === id ? { ...p, name } : p)));
      return { before };
    },
    onError: (_error, _change, context) => queries.setQueryData(passkeysKey, context?.before),
    onSettled: () => queries.invalidateQueries({ queryKey: passkeysKey }),
  });
}
