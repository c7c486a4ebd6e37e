import { useQuery } from "@tanstack/react-query";
import { usersApi } from "../../shared/lib/clients";

export function usePerson(id: string) {
  return useQuery({ queryKey: ["person", id], queryFn: async ({ signal }) => (await usersApi.getUser(id, signal)).data });
}
