import { useQueryClient } from "@tanstack/react-query";
import type { SessionDto } from "@roundtable/client";
import { sessionsApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { devicesKey } from "./listDevices";

/** Removes the device from the list optimistically; rolls back if the API refuses. */
export function useEndDevice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sessionsApi.revokeSession(id),
    onMutate: async (id) => {
      await queries.cancelQueries({ queryKey: devicesKey });
      const before = queries.getQueryData<SessionDto[]>(devicesKey);
      queries.setQueryData<SessionDto[]>(devicesKey, (devices) => devices?.filter((d) => d.id !== id));
      return { before };
    },
    onError: (_error, _id, context) => queries.setQueryData(devicesKey, context?.before),
    onSettled: () => queries.invalidateQueries({ queryKey: devicesKey }),
  });
}
