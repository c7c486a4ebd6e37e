import {
  type DefaultError,
  replaceEqualDeep,
  useMutation as useAnyMutation,
  type UseMutationOptions,
  type UseMutationResult,
} from "@tanstack/react-query";
import { useRef } from "react";

/**
 * A mutation that sends the same thing only once at a time. A button is disabled only after the next rendering: two clicks before that
 * would send twice, and the second answer, such as that a link is used up, would hide the first one's success.
 */
export function useMutation<TData = unknown, TError = DefaultError, TVariables = void, TContext = unknown>(
  options: UseMutationOptions<TData, TError, TVariables, TContext>,
): UseMutationResult<TData, TError, TVariables, TContext> {
  const result = useAnyMutation(options);
  const running = useRef<{ variables: TVariables | undefined; answer: Promise<TData> }[]>([]);
  const send: typeof result.mutateAsync = (...call) => {
    const [variables] = call;
    // Returns its first argument if both are equal; files are equal only to themselves.
    const same = running.current.find((r) => replaceEqualDeep(r.variables, variables) === r.variables);
    if (same) {
      return same.answer;
    }

    const answer = result.mutateAsync(...call).finally(() => {
      running.current = running.current.filter((r) => r.answer !== answer);
    });
    running.current.push({ variables, answer });
    return answer;
  };
  // The error is in the result, and in the callbacks.
  return { ...result, mutateAsync: send, mutate: (...call) => void send(...call).catch(() => undefined) };
}
