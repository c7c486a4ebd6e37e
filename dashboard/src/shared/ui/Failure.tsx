import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { ApiError } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { useErrorText, useFieldError } from "../lib/errors";
import { openReauthentication, useRefreshedSince } from "../lib/reauthentication";

/** An error, with the request ID to find it in the logs, and what can be done about it. */
export function Failure({ error, retry }: { error: Error | null | undefined; retry?: () => void }) {
  const { t } = useI18n();
  const text = useErrorText();
  const fieldError = useFieldError();
  const api = error instanceof ApiError ? error : null;
  const resolved = useRefreshedSince(api?.code === "session_not_fresh" ? api : null);
  if (!error || resolved) {
    return null;
  }

  return (
    <Alert color="red" role="alert" title={api?.code === "session_not_fresh" ? t("reauth.title") : t("error.title")}>
      <Stack gap="xs">
        <Text size="sm">{text(error)}</Text>
        {api &&
          Object.keys(api.errors).map((field) => (
            <Text size="sm" key={field}>
              {fieldError(api, field)}
            </Text>
          ))}
        {api?.requestId && (
          <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
            {t("error.requestId", { id: api.requestId })}
          </Text>
        )}
        <Group gap="xs">
          {api?.code === "session_not_fresh" && (
            <Button size="xs" onClick={openReauthentication}>
              {t("reauth.action")}
            </Button>
          )}
          {retry && (
            <Button size="xs" variant="default" onClick={retry}>
              {t("error.retry")}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
