import { type QueryKey, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type {
  ApiKeyDtoPageResponse,
  ApiKeyDtoResponse,
  ApiKeySecretDtoResponse,
  CreateApiKeyRequest,
  RotateApiKeyRequest,
  UpdateApiKeyRequest,
} from "@roundtable/client";
import { useMutation } from "../lib/mutation";

export interface KeyListRequests {
  queryKey: QueryKey;
  list: (cursor: string | undefined, signal: AbortSignal) => Promise<ApiKeyDtoPageResponse>;
  /** What a change makes stale. */
  stale: QueryKey;
  revoke: (id: string) => Promise<void>;
}

/** The requests for the API keys of one owner. */
export interface KeyRequests extends KeyListRequests {
  create: (request: CreateApiKeyRequest) => Promise<ApiKeySecretDtoResponse>;
  update: (id: string, request: UpdateApiKeyRequest, version: string | undefined) => Promise<ApiKeyDtoResponse>;
  rotate: (id: string, request: RotateApiKeyRequest) => Promise<ApiKeySecretDtoResponse>;
}

export function useKeys({ queryKey, list }: KeyListRequests) {
  return useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => (await list(pageParam, signal)).data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}

/** Loads the lists again after a refusal too, which may be due to a change elsewhere. */
function useKeyChange<TRequest, TAnswer>({ stale }: KeyListRequests, mutationFn: (request: TRequest) => Promise<TAnswer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: stale }) });
}

/** Returns the key with its secret, which is returned only once. */
export function useCreateKey(requests: KeyRequests) {
  return useKeyChange(requests, async (request: CreateApiKeyRequest) => (await requests.create(request)).data);
}

export function useUpdateKey(requests: KeyRequests, id: string) {
  return useKeyChange(requests, ({ request, version }: { request: UpdateApiKeyRequest; version: number }) =>
    requests.update(id, request, `"${version}"`),
  );
}

/** Returns the key with its new secret, which is returned only once. */
export function useRotateKey(requests: KeyRequests, id: string) {
  return useKeyChange(requests, async (request: RotateApiKeyRequest) => (await requests.rotate(id, request)).data);
}

export function useRevokeKey(requests: KeyListRequests) {
  return useKeyChange(requests, requests.revoke);
}
