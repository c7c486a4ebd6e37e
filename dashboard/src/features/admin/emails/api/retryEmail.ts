import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { OutboxMailDtoPage } from "@roundtable/client";
import { emailsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { emailsKey } from "./listEmails";

type Lists = InfiniteData<OutboxMailDtoPage>;

/** Shows the mail as pending optimistically; rolls back if the API refuses. */
export function useRetryEmail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => emailsApi.retryEmail(id),
    onMutate: async (id) => {
      await queries.cancelQueries({ queryKey: emailsKey });
      const before = queries.getQueriesData<Lists>({ queryKey: emailsKey });
      queries.setQueriesData<Lists>(
        { queryKey: emailsKey },
        (lists) =>
          lists && {
            ...lists,
            pages: lists.pages.map((p) => ({
              ...p,
              items: p.items.map((m) => (m.id === id ? { ...m, status: "pending" as const, attempts: 0 } : m)),
            })),
          },
      );
      return { before };
    },
    onError: (_error, _id, context) => context?.before.forEach(([key, lists]) => queries.setQueryData(key, lists)),
    onSettled: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
