import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useI18n } from "../../i18n";
import { type BrowserSession, sessionKey, useSignedIn } from "./session";
import { say } from "./toasts";

/** The forms on the page with text that is not saved. */
const unsaved = new Set<string>();

/** What was typed in forms whose session ended, by user and form: in memory only, until that user is back. */
const kept = new Map<string, unknown>();

let question: (() => void) | null = null;
const listeners = new Set<() => void>();

function ask(then: (() => void) | null) {
  question = then;
  listeners.forEach((l) => l());
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The action that waits for the answer whether to leave without saving; null if there is none. */
export function useQuestion() {
  return { then: useSyncExternalStore(listen, () => question), close: () => ask(null) };
}

export const hasUnsaved = () => unsaved.size > 0;

/** Call when the text was saved or is not wanted any more, before the page is left. */
export const forgetUnsaved = () => unsaved.clear();

/** Begins an action that ends with the page being left, after a question if that discards something. It has to call forgetUnsaved. */
export const leaving = (action: () => void) => (hasUnsaved() ? ask(action) : action());

/** Forgets what other users typed in this browser. */
export function keepOnlyOf(userIds: readonly (string | null)[]) {
  [...kept.keys()].filter((key) => !userIds.some((id) => key.startsWith(`${id} `))).forEach((key) => kept.delete(key));
}

window.addEventListener("beforeunload", (e) => {
  if (unsaved.size + kept.size > 0) {
    e.preventDefault();
  }
});

/**
 * The state of a form: while it differs from the initial state, leaving the page raises a question, and so does `leave`, which is for
 * closing a dialog. If the session ends meanwhile, the text is there again when the same user has signed in and opens the form,
 * provided that what it was based on has not changed.
 */
export function useDraft<T>(form: string, initial: T) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const { user, session } = useSignedIn();
  const start = JSON.stringify(initial);
  const key = `${user.id} ${form} ${start}`;
  const [draft, setDraft] = useState(() => (kept.get(key) as T | undefined) ?? initial);
  const changed = JSON.stringify(draft) !== start;
  const latest = useRef({ draft, t });
  useEffect(() => {
    latest.current = { draft, t };
  });

  // Before the next effect, whose cleanup forgets that the form has unsaved text.
  useEffect(() => {
    if (kept.delete(key)) {
      say(latest.current.t("unsaved.restored"));
    }

    return () => {
      const now = queries.getQueryData<BrowserSession | null>(sessionKey);
      if (unsaved.has(key) && now?.session.id !== session.id) {
        kept.set(key, latest.current.draft);
        if (!now) {
          say(latest.current.t("unsaved.kept"));
        }
      }
    };
  }, [key, queries, session.id]);
  useEffect(() => {
    if (changed) {
      unsaved.add(key);
    }

    return () => {
      unsaved.delete(key);
    };
  }, [changed, key]);
  const leave = (action: () => void) =>
    changed
      ? ask(() => {
          unsaved.delete(key);
          action();
        })
      : action();
  return [draft, setDraft, leave] as const;
}
