import { Button, FileButton, Group, Paper, Stack, Text } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { type DragEvent, useState } from "react";
import { useI18n } from "../../i18n";
import { useFieldError } from "../../shared/lib/errors";
import { useMutation } from "../../shared/lib/mutation";
import { say, sayUndoable } from "../../shared/lib/toasts";
import { Failure } from "../../shared/ui/Failure";
import { Section } from "../../shared/ui/Section";
import { UserAvatar } from "../../shared/ui/UserAvatar";
import { useRemoveMyPicture, useSetMyPicture } from "./api/picture";
import { addressOf, squareOf, UnreadablePictureError } from "./squarePicture";

/** The user's picture: chosen or dropped, shown as the square that will be stored, then uploaded. */
export function PictureSection({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const [over, setOver] = useState(false);
  const choose = useMutation({
    mutationFn: async (file: File) => {
      const square = await squareOf(file);
      return { square, url: await addressOf(square) };
    },
  });
  const upload = useSetMyPicture();
  const remove = useRemoveMyPicture();
  const chosen = choose.data;
  const take = (file: File | null | undefined) => {
    if (file) {
      upload.reset();
      choose.mutate(file);
    }
  };
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    take(e.dataTransfer.files[0]);
  };
  const save = (square: Blob) =>
    upload.mutate(square, {
      onSuccess: () => {
        choose.reset();
        say(t("picture.saved"));
      },
    });
  const takeAway = () =>
    remove.mutate(user.id, {
      onSuccess: (picture) => sayUndoable(t("picture.removed"), () => upload.mutateAsync(picture)),
    });
  return (
    <Section title={t("picture.title")} text={t("picture.text")}>
      <Paper
        withBorder
        p="md"
        maw={560}
        bg={over ? "var(--mantine-primary-color-light)" : undefined}
        style={{ borderStyle: "dashed" }}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Group gap="lg">
          <UserAvatar user={{ name: user.name, picture: chosen ?? user.picture ?? null }} size={96} />
          <Stack gap="xs" style={{ flex: "1 1 200px" }}>
            {chosen ? (
              <>
                <Text size="sm" role="status">
                  {t("picture.preview")}
                </Text>
                <Group gap="xs">
                  <Button loading={upload.isPending} onClick={() => save(chosen.square)} data-autofocus>
                    {t("picture.use")}
                  </Button>
                  <Button variant="default" onClick={() => choose.reset()}>
                    {t("cancel")}
                  </Button>
                </Group>
              </>
            ) : (
              <>
                <Group gap="xs">
                  <FileButton accept="image/*" onChange={take} inputProps={{ "aria-label": t("picture.choose") }}>
                    {(props) => (
                      <Button {...props} variant="default" loading={choose.isPending}>
                        {user.picture ? t("picture.replace") : t("picture.choose")}
                      </Button>
                    )}
                  </FileButton>
                  {user.picture && (
                    <Button variant="subtle" color="red" loading={remove.isPending} onClick={takeAway}>
                      {t("picture.remove")}
                    </Button>
                  )}
                </Group>
                <Text size="xs" c="dimmed">
                  {t("picture.hint")}
                </Text>
              </>
            )}
          </Stack>
        </Group>
      </Paper>
      {choose.error instanceof UnreadablePictureError ? (
        <Text c="var(--mantine-color-error)" size="sm" role="alert">
          {t("picture.unreadable")}
        </Text>
      ) : (
        <Failure error={choose.error} />
      )}
      {fieldError(upload.error, "body") ? (
        <Text c="var(--mantine-color-error)" size="sm" role="alert">
          {fieldError(upload.error, "body")}
        </Text>
      ) : (
        <Failure error={upload.error} />
      )}
      <Failure error={remove.error} />
    </Section>
  );
}
