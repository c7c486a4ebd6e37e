import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@roundtable/client";
import { base } from "./base";

/** A mail in the pickup folder. Not in the client, because the endpoint exists only in Development. */
export interface DevelopmentMail {
  id: string;
  to: string;
  subject: string;
  sentAt: string;
  text: string;
}

export function useMails() {
  return useQuery({
    queryKey: ["mailbox"],
    queryFn: async ({ signal }) => {
      const response = await fetch(`${base}/api/v1/dev/mails`, { signal });
      if (!response.ok) {
        throw await ApiError.from(response);
      }

      return ((await response.json()) as { items: DevelopmentMail[] }).items;
    },
    refetchInterval: 2000,
  });
}
