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

const options = {
  queryKey: ["mailbox"],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const response = await fetch(`${base}/api/v1/dev/mails`, { signal });
    if (!response.ok) {
      throw await ApiError.from(response);
    }

    return ((await response.json()) as { items: DevelopmentMail[] }).items;
  },
};

export function useMails() {
  return useQuery({ ...options, refetchInterval: 2000 });
}

/** Whether the server shows its mails on a page: it answers then, and only then. */
export function useHasMailbox() {
  return useQuery({ ...options, retry: false, retryOnMount: false, staleTime: Infinity }).isSuccess;
}
