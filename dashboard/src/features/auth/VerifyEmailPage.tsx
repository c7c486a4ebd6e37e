import { Alert, Button, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useVerifyEmail } from "./api/verifyEmail";
import { TokenPage } from "./TokenPage";

export default function VerifyEmailPage() {
  const { t } = useI18n();
  const verify = useVerifyEmail();
  const byLink = (
    <Stack>
      <Alert color="teal" role="status">
        <Text size="sm">{t("verify.doneByLink")}</Text>
      </Alert>
      <Button component={Link} to="/sign-in">
        {t("verify.toLink")}
      </Button>
    </Stack>
  );
  return <TokenPage name="verify" mutation={verify} done={verify.data === false ? byLink : undefined} />;
}
