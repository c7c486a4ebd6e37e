import { useQueryClient } from "@tanstack/react-query";
import type { MailRetryDto, RetryEmailsRequest } from "@roundtable/client";
import { emailsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

/** Retries the chosen mails, or all that match: as many requests as it takes, and their results together. */
export function useRetryEmails() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: RetryEmailsRequest): Promise<MailRetryDto> => {
      const all: MailRetryDto = { results: [], succeeded: 0, failed: 0, more: true };
      while (all.more) {
        const { results, succeeded, failed, more } = (await emailsApi.retryEmails(request)).data;
        all.results.push(...results);
        all.succeeded += succeeded;
        all.failed += failed;
        // Without progress, the rest would be no different.
        all.more = more && succeeded > 0;
      }

      return all;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
