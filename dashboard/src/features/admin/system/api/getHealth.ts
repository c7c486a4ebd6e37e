import { useQuery } from "@tanstack/react-query";

export interface Health {
  status: string;
  checks: Record<string, string | null>;
}

/** Health stands outside the API's document, and 503 is an answer here. */
export function useHealth() {
  return useQuery({
    queryKey: ["admin", "health"],
    queryFn: async ({ signal }) => {
      const started = performance.now();
      const response = await fetch("/health/ready", { signal });
      return { health: (await response.json()) as Health, milliseconds: Math.round(performance.now() - started) };
    },
    refetchInterval: 10_000,
  });
}
