import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../../i18n";
import { download } from "../../shared/lib/download";
import { useChangeSession, useSignedIn } from "../../shared/lib/session";
import { say } from "../../shared/lib/toasts";
import { Confirm } from "../../shared/ui/Confirm";
import { Empty } from "../../shared/ui/Empty";
import { Failure } from "../../shared/ui/Failure";
import { Icon } from "../../shared/ui/Icon";
import { Page } from "../../shared/ui/Page";
import { Section } from "../../shared/ui/Section";
import { useDeleteMe } from "./api/deleteMe";
import { useExportMe } from "./api/exportMe";

export default function DataPage() {
  const { t } = useI18n();
  const { user, session } = useSignedIn();
  const navigate = useNavigate();
  const changeSession = useChangeSession();
  const exportMe = useExportMe();
  const deleteMe = useDeleteMe();
  const [asking, setAsking] = useState(false);
  if (session.impersonatedBy) {
    return (
      <Page title={t("data.title")} lead={t("data.lead")}>
        <Empty title={t("error.not_while_impersonating")} />
      </Page>
    );
  }

  return (
    <Page title={t("data.title")} lead={t("data.lead")}>
      <Section title={t("data.export")} text={t("data.exportText")}>
        <Failure error={exportMe.error} />
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="data" />}
            loading={exportMe.isPending}
            onClick={() =>
              exportMe.mutate(undefined, {
                onSuccess: (data) => download("roundtable-account.json", JSON.stringify(data, null, 2), "application/json"),
              })
            }
          >
            {t("data.exportAction")}
          </Button>
        </Group>
      </Section>
      <Section title={t("data.delete")} text={t("data.deleteText")} danger>
        <Group>
          <Button color="red" onClick={() => setAsking(true)}>
            {t("data.deleteAction")}
          </Button>
        </Group>
      </Section>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("data.delete")}
        text={t("data.deleteConfirm")}
        action={t("data.deleteAction")}
        word={user.email}
        pending={deleteMe.isPending}
        error={deleteMe.error}
        onConfirm={() =>
          deleteMe.mutate(undefined, {
            onSuccess: async () => {
              await changeSession();
              await navigate("/sign-in", { replace: true });
              say(t("data.deleted"));
            },
          })
        }
      />
    </Page>
  );
}
