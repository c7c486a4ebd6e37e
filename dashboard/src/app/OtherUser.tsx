import { Button, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useI18n } from "../i18n";
import { entryOfServer } from "../shared/lib/senders";
import { showPagesOf, useSignedIn } from "../shared/lib/session";
import { forgetUnsaved } from "../shared/lib/unsaved";
import { named } from "../shared/ui/Dialog";

/** Ends the use of pages whose user was replaced in another tab: what is done here would be done for the other user. */
export function OtherUser() {
  const { t } = useI18n();
  const { user, other } = useSignedIn();
  useEffect(() => showPagesOf(user.id), [user.id]);
  const [asking, setAsking] = useState(false);
  const [away, setAway] = useState(false);
  const reload = async () => {
    setAsking(true);
    // Without the server, the browser would show its own error page.
    const there = (await entryOfServer()) !== undefined;
    setAsking(false);
    setAway(!there);
    if (there) {
      forgetUnsaved();
      window.location.reload();
    }
  };
  const title = t("otherUser.title", { email: other?.user.email ?? "" });
  return (
    // Above every other dialog.
    <Modal
      opened={other !== undefined}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      zIndex={300}
      title={title}
      attributes={named(title)}
    >
      <Stack>
        <Text size="sm">{t("otherUser.text", { email: user.email })}</Text>
        {away && (
          <Text size="sm" c="red" role="alert">
            {t("error.network")}
          </Text>
        )}
        <Button data-autofocus loading={asking} onClick={() => void reload()}>
          {t("otherUser.reload")}
        </Button>
      </Stack>
    </Modal>
  );
}
