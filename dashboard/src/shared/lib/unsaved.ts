import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { useI18n } from "../../i18n";
import { type BrowserSession, sessionKey, useSignedIn } from "./session";
import { say } from "./toasts";

/** What the page would lose: text that is not saved, or a secret that is shown only once. */
type Loss = "text" | "secret";

/** The forms and secrets on the page that would be lost. */
const unsaved = new Map<string, Loss>();

/** What was typed in forms whose session ended, by user and form: in memory only, until that user is back. */
const kept = new Map<string, unknown>();

interface Question {
  then: () => void;
  loss: Loss;
}

let question: Question | null = null;
const listeners = new Set<() => void>();

function ask(next: Question | null) {
  question = next;
  listeners.forEach((l) => l());
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The action that waits for the answer whether to leave without saving; null if there is none. */
export const useQuestion = () => useSyncExternalStore(listen, () => question);

export const closeQuestion = () => ask(null);

export const hasUnsaved = () => unsaved.size > 0;

/** What leaving the page would lose; a secret is worse. */
export const whatIsLost = (): Loss => ([...unsaved.values()].includes("secret") ? "secret" : "text");

/** Call when the text was saved or is not wanted any more, before the page is left. */
export const forgetUnsaved = () => unsaved.clear();

/** Begins an action that ends with the page being left, after a question if that discards something. It has to call forgetUnsaved. */
export const leaving = (action: () => void) => (hasUnsaved() ? ask({ then: action, loss: whatIsLost() }) : action());

/** Forgets what other users typed in this browser. */
export function keepOnlyOf(userIds: readonly (string | null)[]) {
  [...kept.keys()].filter((key) => !userIds.some((id) => key.startsWith(`${id} `))).forEach((key) => kept.delete(key));
}

window.addEventListener("beforeunload", (e) => {
  if (unsaved.size + kept.size > 0) {
    e.preventDefault();
  }
});

/** While it applies, leaving the page raises a question. */
function useLoss(key: string, loss: Loss, applies: boolean) {
  useEffect(() => {
    if (applies) {
      unsaved.set(key, loss);
    }

    return () => {
      unsaved.delete(key);
    };
  }, [applies, key, loss]);
}

/** While a secret is shown that is shown only once, leaving the page raises a question. Returns what closes it without one. */
export function useSecret() {
  const key = `secret ${useId()}`;
  useLoss(key, "secret", true);
  return (action: () => void) => {
    unsaved.delete(key);
    action();
  };
}

/** While it applies, leaving the page raises a question, and so does the returned `leave`, which is for closing a dialog. */
export function useUnsaved(key: string, applies: boolean) {
  useLoss(key, "text", applies);
  return (action: () => void) =>
    applies
      ? ask({
          loss: "text",
          then: () => {
            unsaved.delete(key);
            action();
          },
        })
      : action();
}

/**
 * The state of a form: while it differs from the initial state, leaving the page raises a question, and so does `leave`, which is for
 * closing a dialog. If the session ends meanwhile, the text is there again when the same user has signed in and opens the form,
 * provided that what it was based on has not changed; except `passwords`, which are never kept.
 */
export function useDraft<T>(form: string, initial: T, passwords: readonly (keyof T)[] = []) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const { user, session } = useSignedIn();
  const start = JSON.stringify(initial);
  const key = `${user.id} ${form} ${start}`;
  const [draft, setDraft] = useState(() => (kept.get(key) as T | undefined) ?? initial);
  const changed = JSON.stringify(draft) !== start;
  const toKeep = passwords.reduce((rest, name) => ({ ...rest, [name]: initial[name] }), draft);
  const latest = useRef({ toKeep, t });
  useEffect(() => {
    latest.current = { toKeep, t };
  });

  // Before the next effect, whose cleanup forgets that the form has unsaved text.
  useEffect(() => {
    if (kept.delete(key)) {
      say(latest.current.t("unsaved.restored"));
    }

    return () => {
      const now = queries.getQueryData<BrowserSession | null>(sessionKey);
      if (unsaved.has(key) && now?.session.id !== session.id && JSON.stringify(latest.current.toKeep) !== start) {
        kept.set(key, latest.current.toKeep);
        if (!now) {
          say(latest.current.t("unsaved.kept"));
        }
      }
    };
  }, [key, queries, session.id, start]);
  const leave = useUnsaved(key, changed);
  return [draft, setDraft, leave] as const;
}
