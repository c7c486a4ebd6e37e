import { Avatar, Button, Group } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";

interface Props {
  name: string;
  image: string | null;
}

/** Another user's picture. It is on a server of that user's choice, which would learn who is looking: it loads only on a click. */
export function Portrait({ name, image }: Props) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <Group gap="xs" wrap="nowrap">
      <Avatar name={name} src={shown ? image : null} color="indigo" size="lg" alt="" />
      {image && !shown && (
        <Button size="compact-xs" variant="default" onClick={() => setShown(true)}>
          {t("portrait.show")}
        </Button>
      )}
    </Group>
  );
}
