import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { statisticsApi } from "../../../../shared/lib/clients";

export function useStatistics(from: string, to: string) {
  return useQuery({
    queryKey: ["admin", "statistics", from, to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await statisticsApi.getStatistics(from, to, signal)).data,
  });
}
