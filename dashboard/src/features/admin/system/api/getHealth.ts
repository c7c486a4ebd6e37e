import { useQuery } from "@tanstack/react-query";
import { systemApi } from "../../../../shared/lib/clients";

export function useHealth() {
  return useQuery({
    queryKey: ["admin", "health"],
    queryFn: async ({ signal }) => {
      const started = performance.now();
      const { data } = await systemApi.getHealth(signal);
      return { health: data, milliseconds: Math.round(performance.now() - started) };
    },
    refetchInterval: 10_000,
  });
}
