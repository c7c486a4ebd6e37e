import { Button } from "@mantine/core";
import type { ServiceAccountDto } from "@roundtable/client";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { placeOf } from "../../../shared/lib/places";
import { say } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { useDeleteAccount } from "./api/deleteAccount";

export function DeleteAccount({ account: { id, name } }: { account: ServiceAccountDto }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const remove = useDeleteAccount(id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("serviceAccounts.delete")}
      </Button>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("serviceAccounts.delete")}
        text={t("serviceAccounts.deleteText")}
        action={t("serviceAccounts.delete")}
        word={name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              say(t("serviceAccounts.deleted", { name }));
              void navigate(placeOf("/admin/service-accounts"), { replace: true });
            },
          })
        }
      />
    </>
  );
}
