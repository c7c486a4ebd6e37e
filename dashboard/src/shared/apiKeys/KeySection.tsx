import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { Empty } from "../ui/Empty";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { Loading } from "../ui/Loading";
import { LoadMore } from "../ui/LoadMore";
import { Section } from "../ui/Section";
import { CreateKey } from "./CreateKey";
import { EditKey } from "./EditKey";
import { type KeyRequests, useKeys } from "./keyRequests";
import { isLive } from "./keyState";
import { KeyTable } from "./KeyTable";
import { RevokeKey } from "./RevokeKey";
import { RotateKey } from "./RotateKey";

interface Props {
  title: string;
  text: string;
  /** What keys are for, where there are none. */
  hint: string;
  requests: KeyRequests;
  /** The scopes that a key can have. */
  scopes: readonly string[];
  /** Whether the keys can be changed. */
  write: boolean;
}

/** The API keys of one owner. */
export function KeySection({ title, text, hint, requests, scopes, write }: Props) {
  const { t } = useI18n();
  const keys = useKeys(requests);
  const [open, setOpen] = useState<{ dialog: "create" | "edit" | "rotate" | "revoke"; id?: string } | null>(null);
  const close = () => setOpen(null);
  const items = keys.data?.pages.flatMap((p) => p.items) ?? [];
  const chosen = items.find((k) => k.id === open?.id);
  return (
    <Section
      title={title}
      text={text}
      aside={
        write && (
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setOpen({ dialog: "create" })}>
            {t("apiKeys.add")}
          </Button>
        )
      }
    >
      {keys.isPending && <Loading rows={3} />}
      <Failure error={keys.error} retry={() => void keys.refetch()} />
      {keys.isSuccess && items.length === 0 && <Empty title={t("apiKeys.empty")} hint={hint} />}
      {items.length > 0 && (
        <KeyTable
          label={title}
          keys={items}
          actions={(key) =>
            write &&
            isLive(key) && (
              <Group key="actions" gap={6} justify="flex-end" maw={{ sm: 116 }} ml={{ sm: "auto" }}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("apiKeys.editOne", { name: key.name })}
                  onClick={() => setOpen({ dialog: "edit", id: key.id })}
                >
                  {t("edit")}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("apiKeys.rotateOne", { name: key.name })}
                  onClick={() => setOpen({ dialog: "rotate", id: key.id })}
                >
                  {t("webhooks.rotate")}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("apiKeys.revokeOne", { name: key.name })}
                  onClick={() => setOpen({ dialog: "revoke", id: key.id })}
                >
                  {t("apiKeys.revoke")}
                </Button>
              </Group>
            )
          }
        />
      )}
      <LoadMore auto={false} more={keys.hasNextPage} pending={keys.isFetchingNextPage} onMore={() => void keys.fetchNextPage()} />
      {open?.dialog === "create" && <CreateKey requests={requests} scopes={scopes} onClose={close} />}
      {open?.dialog === "edit" && chosen && <EditKey apiKey={chosen} requests={requests} scopes={scopes} onClose={close} />}
      {open?.dialog === "rotate" && chosen && <RotateKey apiKey={chosen} requests={requests} onClose={close} />}
      <RevokeKey
        apiKey={open?.dialog === "revoke" ? chosen : undefined}
        text={t("apiKeys.revokeText")}
        requests={requests}
        onClose={close}
      />
    </Section>
  );
}
