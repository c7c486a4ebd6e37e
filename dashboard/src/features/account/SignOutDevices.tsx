import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../../i18n";
import { useChangeSession } from "../../shared/lib/session";
import { say } from "../../shared/lib/toasts";
import { forgetUnsaved, leaving } from "../../shared/lib/unsaved";
import { Confirm } from "../../shared/ui/Confirm";
import { useEndOtherDevices } from "./api/endOtherDevices";
import { useSignOutEverywhere } from "./api/signOutEverywhere";

/** Signs out elsewhere, if there are others, or everywhere. */
export function SignOutDevices({ others }: { others: number }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const changeSession = useChangeSession();
  const endOthers = useEndOtherDevices();
  const everywhere = useSignOutEverywhere();
  const [asking, setAsking] = useState<"others" | "everywhere" | null>(null);
  const close = () => setAsking(null);
  return (
    <Group gap="xs">
      {others > 0 && (
        <Button variant="default" onClick={() => setAsking("others")}>
          {t("devices.endOthers")}
        </Button>
      )}
      <Button variant="default" onClick={() => leaving(() => setAsking("everywhere"))}>
        {t("devices.endAll")}
      </Button>
      <Confirm
        opened={asking === "others"}
        onClose={close}
        title={t("devices.endOthers")}
        text={t("devices.endOthersText", { count: others })}
        action={t("devices.endOthers")}
        pending={endOthers.isPending}
        error={endOthers.error}
        onConfirm={() =>
          endOthers.mutate(undefined, {
            onSuccess: () => {
              close();
              say(t("devices.othersEnded"));
            },
          })
        }
      />
      <Confirm
        opened={asking === "everywhere"}
        onClose={close}
        title={t("devices.endAll")}
        text={t("devices.endAllText")}
        action={t("devices.endAll")}
        pending={everywhere.isPending}
        error={everywhere.error}
        onConfirm={() =>
          everywhere.mutate(undefined, {
            onSuccess: async () => {
              forgetUnsaved();
              // The sign-in page leads those who are signed in away again.
              await changeSession();
              await navigate("/sign-in", { replace: true });
            },
          })
        }
      />
    </Group>
  );
}
