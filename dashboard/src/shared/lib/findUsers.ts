import { ApiError } from "@roundtable/client";
import { adminUsersApi } from "./clients";

const isId = /^[0-9a-f]{32}$/;

/** Finds users by a part of their name or address, or the one of an id. */
export async function findUsers(text: string, signal: AbortSignal) {
  const id = text.replaceAll("-", "").toLowerCase();
  if (!isId.test(id)) {
    const none = undefined;
    const answer = await adminUsersApi.listUsers(8, none, none, "lastSeenAt", "desc", text, none, none, none, none, none, none, signal);
    return answer.data.items;
  }

  try {
    return [(await adminUsersApi.getUserAsAdmin(id, signal)).data];
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return [];
    }

    throw error;
  }
}
