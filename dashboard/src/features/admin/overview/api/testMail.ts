import { useQuery, useQueryClient } from "@tanstack/react-query";
import { emailsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { setupKey } from "./getSetup";

export function useSendTestMail() {
  return useMutation({ mutationFn: () => emailsApi.sendTestEmail() });
}

/** Follows the newest test mail to this user until it is accepted, or refused once. */
export function useTestMail(userId: string, sentAt: number, enabled: boolean) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ["admin", "testMail", userId, sentAt],
    queryFn: async ({ signal }) => {
      const mails = (await emailsApi.listEmails(undefined, userId, 20, undefined, undefined, signal)).data.items;
      const mail = mails.find((m) => m.template === "test");
      if (mail?.status === "sent") {
        void queries.invalidateQueries({ queryKey: setupKey });
      }

      return mail ?? null;
    },
    enabled,
    refetchInterval: ({ state: { data } }) =>
      data && (data.status === "sent" || data.status === "failed" || data.lastError) ? false : 700,
  });
}
