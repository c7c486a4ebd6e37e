import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { useI18n } from "../i18n";
import { useSignedIn } from "../shared/lib/session";
import { forgetUnsaved, hasUnsaved, keepOnlyOf, useQuestion } from "../shared/lib/unsaved";
import { Dialog } from "../shared/ui/Dialog";

/** Asks before unsaved text is lost. Here, because the router supports one blocker at a time and a page may have several forms. */
export function LeaveGuard() {
  const { t } = useI18n();
  const { user, session } = useSignedIn();
  const question = useQuestion();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => hasUnsaved() && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => keepOnlyOf([user.id, session.impersonatedBy]), [user.id, session.impersonatedBy]);
  const stay = () => {
    blocker.reset?.();
    question.close();
  };
  const leave = () => {
    if (blocker.state === "blocked") {
      forgetUnsaved();
      blocker.proceed();
    }

    question.then?.();
    question.close();
  };
  if (blocker.state !== "blocked" && !question.then) {
    return null;
  }

  return (
    <Dialog onClose={stay} title={t("unsaved.title")}>
      <Stack>
        <Text size="sm">{t("unsaved.text")}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={stay}>
            {t("unsaved.stay")}
          </Button>
          <Button color="red" onClick={leave}>
            {t("unsaved.leave")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
