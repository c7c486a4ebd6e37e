import { useQuery } from "@tanstack/react-query";
import { sessionsApi } from "../../../shared/lib/clients";

export const devicesKey = ["devices"] as const;

export function useDevices() {
  return useQuery({
    queryKey: devicesKey,
    queryFn: async ({ signal }) => (await sessionsApi.listSessions(100, undefined, undefined, signal)).data.items,
  });
}
