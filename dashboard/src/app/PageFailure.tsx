import { Button, Card, Group, Text } from "@mantine/core";
import { useContext, useState } from "react";
import { useI18n } from "../i18n";
import { LoadError } from "../shared/lib/retried";
import { SignedIn } from "../shared/lib/session";
import { Page } from "../shared/ui/Page";
import { SignedOutPage } from "../shared/ui/SignedOutPage";

/** In place of a page that failed: without the server, because a newer version replaced its code, or because of a bug. */
export function PageFailure({ error, retry }: { error: unknown; retry: () => Promise<void> }) {
  const { t } = useI18n();
  const [busy, setBusy] = useState(false);
  const signedIn = useContext(SignedIn);
  const reason = error instanceof LoadError && error.reason !== "unknown" ? error.reason : "bug";
  const again = async () => {
    setBusy(true);
    await retry();
    setBusy(false);
  };
  const title = t(`crash.${reason}.title`);
  const content = (
    <>
      <Text role="alert" mb="md">
        {t(`crash.${reason}.text`)}
      </Text>
      <Group gap="xs">
        {reason !== "version" && (
          <Button loading={busy} onClick={() => void again()}>
            {t("error.retry")}
          </Button>
        )}
        {reason !== "network" && (
          <Button variant={reason === "version" ? "filled" : "default"} onClick={() => window.location.reload()}>
            {t("crash.reload")}
          </Button>
        )}
      </Group>
    </>
  );
  return signedIn ? (
    <Page title={title}>
      <Card withBorder padding="lg">
        {content}
      </Card>
    </Page>
  ) : (
    <SignedOutPage title={title} back={false}>
      {content}
    </SignedOutPage>
  );
}
