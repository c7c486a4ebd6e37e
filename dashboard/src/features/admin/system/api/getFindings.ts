import { useQuery, useQueryClient } from "@tanstack/react-query";
import { systemApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

const queryKey = ["admin", "findings"] as const;

/** The findings, which the server keeps for minutes. */
export function useFindings() {
  return useQuery({ queryKey, queryFn: async ({ signal }) => (await systemApi.getFindings(undefined, signal)).data, staleTime: 60_000 });
}

/** Runs the checks again. */
export function useCheckAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await systemApi.getFindings(true)).data,
    onSuccess: (findings) => queries.setQueryData(queryKey, findings),
  });
}
