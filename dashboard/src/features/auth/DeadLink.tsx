import { Button } from "@mantine/core";
import { ApiError } from "@roundtable/client";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { type MessageKey, useI18n } from "../../i18n";

interface Props {
  dead: boolean;
  /** Where to go on from a link that does not work, and how to say so. */
  to: string;
  label: MessageKey;
  /** The button, or the form, of a link that works. */
  children: ReactNode;
}

/** Whether the link will never work here: it is used up, has expired, or works in another browser only. */
export function isDead(error: Error | null) {
  return error instanceof ApiError && (error.code === "invalid_token" || error.code === "other_browser");
}

/** Shows a way on instead of what a link that does not work can no longer do. */
export function DeadLink({ dead, to, label, children }: Props) {
  const { t } = useI18n();
  return dead ? (
    <Button component={Link} to={to} variant="default">
      {t(label)}
    </Button>
  ) : (
    children
  );
}
