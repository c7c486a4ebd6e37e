import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useAuthMethods } from "../../shared/lib/authMethods";
import { mailProgram } from "./mailDomains";

/** Where the mail is: in the mail program of a common domain, or in Development on a page instead of being sent. */
export function MailboxHint({ email }: { email: string }) {
  const { t } = useI18n();
  const methods = useAuthMethods();
  const program = mailProgram(email);
  return (
    <>
      {methods.data?.developmentMailbox && (
        <Text size="sm">
          <Anchor component={Link} to="/mailbox">
            {t("mailbox.open")}
          </Anchor>
        </Text>
      )}
      {program && (
        <Text size="sm">
          <Anchor href={program.url} target="_blank" rel="noreferrer">
            {t("mailbox.program", { name: program.name })}
          </Anchor>
        </Text>
      )}
    </>
  );
}
