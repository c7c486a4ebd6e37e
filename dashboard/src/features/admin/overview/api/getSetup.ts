import { useQuery } from "@tanstack/react-query";
import { systemApi } from "../../../../shared/lib/clients";

export const setupKey = ["admin", "setup"] as const;

export function useSetup() {
  return useQuery({ queryKey: setupKey, queryFn: async ({ signal }) => (await systemApi.getSetup(signal)).data.checks });
}
