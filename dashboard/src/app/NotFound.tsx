import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../i18n";
import { Empty } from "../shared/ui/Empty";
import { Page } from "../shared/ui/Page";

export function NotFound() {
  const { t } = useI18n();
  return (
    <Page title={t("notFound.title")}>
      <Empty
        title={t("notFound.text")}
        action={
          <Anchor component={Link} to="/">
            {t("notFound.home")}
          </Anchor>
        }
      />
    </Page>
  );
}
