import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useRemovePicture(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => adminUsersApi.removeUserPicture(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
