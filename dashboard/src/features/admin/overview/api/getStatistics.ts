import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { statisticsApi } from "../../../../shared/lib/clients";

export function useStatistics(from: string, to: string, enabled: boolean) {
  return useQuery({
    queryKey: ["admin", "statistics", from, to],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await statisticsApi.getStatistics(from, to, signal)).data,
  });
}
