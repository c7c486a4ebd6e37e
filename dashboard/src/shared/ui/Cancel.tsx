import { Button } from "@mantine/core";
import { use } from "react";
import { useI18n } from "../../i18n";
import { CloseDialog } from "./Dialog";

/** Closes the dialog around it as Escape does, with the same question if something would be lost. */
export function Cancel() {
  const { t } = useI18n();
  return (
    <Button variant="default" onClick={use(CloseDialog)}>
      {t("cancel")}
    </Button>
  );
}
