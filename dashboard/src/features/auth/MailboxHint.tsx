import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../../i18n";

/** On a developer's machine, mail is shown on a page instead of being sent. */
export function MailboxHint() {
  const { t } = useI18n();
  return ["localhost", "127.0.0.1"].includes(window.location.hostname)
    ? <Text size="sm"><Anchor component={Link} to="/mailbox">{t("mailbox.open")}</Anchor></Text>
    : null;
}
