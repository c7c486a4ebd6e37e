import { Button, Group, ModalStackContext, Stack, Text } from "@mantine/core";
import { use, useEffect } from "react";
import { useBlocker } from "react-router";
import { useI18n } from "../i18n";
import { useSignedIn } from "../shared/lib/session";
import { closeQuestion, forgetUnsaved, hasUnsaved, keepOnlyOf, useQuestion, whatIsLost } from "../shared/lib/unsaved";
import { Dialog } from "../shared/ui/Dialog";

/** Asks before unsaved text is lost. Here, because the router supports one blocker at a time and a page may have several forms. */
export function LeaveGuard() {
  const { t } = useI18n();
  const { user, session } = useSignedIn();
  const question = useQuestion();
  // The query part of the address opens and closes dialogs; forms of the page itself outlive its change.
  const inDialog = (use(ModalStackContext)?.stack.length ?? 0) > 0;
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) =>
      hasUnsaved() && (from.pathname !== to.pathname || (inDialog && from.search !== to.search)),
  );
  useEffect(() => keepOnlyOf([user.id, session.impersonatedBy]), [user.id, session.impersonatedBy]);
  const stay = () => {
    blocker.reset?.();
    closeQuestion();
  };
  const leave = () => {
    if (blocker.state === "blocked") {
      forgetUnsaved();
      blocker.proceed();
    }

    question?.then();
    closeQuestion();
  };
  if (blocker.state !== "blocked" && !question) {
    return null;
  }

  const secret = (question?.loss ?? whatIsLost()) === "secret";
  return (
    <Dialog onClose={stay} title={secret ? t("secret.leaveTitle") : t("unsaved.title")}>
      <Stack>
        <Text size="sm">{secret ? t("secret.leaveText") : t("unsaved.text")}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={stay}>
            {t("unsaved.stay")}
          </Button>
          <Button color="red" onClick={leave}>
            {secret ? t("secret.leave") : t("unsaved.leave")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
